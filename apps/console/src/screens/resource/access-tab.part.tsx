import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import type { AccessRow, ResourceView } from '@valetkey/owner-contract';
import { accessLine } from '@valetkey/wording';
import { usePages } from '../../api/pages.hook.js';
import { useSession } from '../../api/session.hook.js';
import { WaitingInvitations } from '../../invitations/waiting-invitations.part.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Empty } from '../../parts/empty.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { SubjectName } from '../../parts/subject-name.part.js';
import { Words } from '../../parts/words.part.js';
import { AccessFacts } from '../../sharing/access-facts.part.js';
import { ChangeAccess } from '../../sharing/change-access.part.js';
import { useHeldRow } from '../../sharing/held-row.hook.js';
import { Paged } from '../../sharing/paged.part.js';
import { isGone, useRevoke } from '../../sharing/revoke.hook.js';
import { ROW, ROW_HEADING, useRowFocus } from '../../sharing/row-focus.hook.js';
import { SHARING } from '../../sharing/sharing.messages.js';
import { whoAndWhere } from '../../sharing/who-and-where.js';
import { RESOURCE } from './resource.messages.js';
import styles from './resource.module.css';

/** Who has access to this, with the buttons that change and end it. */
export function AccessTab({ resource: { id } }: { readonly resource: ResourceView }) {
  const texts = useMessages(RESOURCE);
  const { pages: wanted } = useSearch({ from: '/resources/$id' });
  const pages = usePages<AccessRow>('access', { resource_id: id });
  const { sharing } = useSession();
  return (
    <>
      <Paged list={pages} what={texts.accessFailed} wanted={wanted}>
        {(rows) => <Rows rows={rows} />}
      </Paged>
      {!pages.isPending && sharing.invitations && <WaitingInvitations resourceId={id} />}
    </>
  );
}

function Rows({ rows }: { readonly rows: readonly AccessRow[] }) {
  const texts = useMessages(RESOURCE);
  const { change } = useSearch({ from: '/resources/$id' });
  const shown = useHeldRow(rows, change);
  if (shown.length === 0) return <Empty {...texts.onlyYou} />;
  return (
    <ul className={styles.rows}>
      {shown.map((row) => (
        <HolderRow key={row.id} row={row} />
      ))}
    </ul>
  );
}

function HolderRow({ row }: { readonly row: AccessRow }) {
  const reader = useWording();
  const item = useRowFocus<HTMLLIElement>();
  const { change } = useSearch({ from: '/resources/$id' });
  const setChange = useChangeAddress();
  const close = () => {
    setChange(undefined);
    item.current?.querySelector<HTMLElement>('[data-row-heading]')?.focus();
  };
  return (
    <li ref={item} {...ROW} className={styles.row}>
      <h2 {...ROW_HEADING} className={styles.holder}>
        <SubjectName subject={row.holder} />
      </h2>
      <p>
        <Link to="/access/$id" params={{ id: row.id }} className={styles.sentence}>
          <Words of={accessLine(row, reader)} />
        </Link>
      </p>
      <AccessFacts row={row} />
      {change === row.id ? <ChangeAccess row={row} onClose={close} /> : <RowActions row={row} onChange={setChange} />}
    </li>
  );
}

interface RowActionsProps {
  readonly row: AccessRow;
  readonly onChange: (id: string) => void;
}

function RowActions({ row, onChange }: RowActionsProps) {
  const texts = useMessages(SHARING);
  const reader = useWording();
  const revoke = useRevoke();
  const about = <span className="unseen">{texts.about(whoAndWhere(row, reader.language))}</span>;
  return (
    <>
      {revoke.error &&
        (isGone(revoke.error) ? (
          <p role="alert">{texts.goneAlready}</p>
        ) : (
          <ErrorBox error={revoke.error} ofChange what={texts.failed.revoke} />
        ))}
      <div className={styles.actions}>
        <Button onClick={() => onChange(row.id)}>
          {texts.change}
          {about}
        </Button>
        <Button look="danger" busy={revoke.isPending} onClick={() => revoke.press(row)}>
          {texts.revoke}
          {about}
        </Button>
      </div>
    </>
  );
}

/** Which access is being changed stands in the address. */
function useChangeAddress(): (id: string | undefined) => void {
  const navigate = useNavigate({ from: '/resources/$id' });
  return (change) =>
    void navigate({ to: '.', search: (former) => ({ ...former, change }), replace: true, resetScroll: false });
}
