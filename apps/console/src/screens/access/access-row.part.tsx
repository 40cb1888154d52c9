import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import type { AccessRow } from '@valetkey/owner-contract';
import { accessLine, accessSentence } from '@valetkey/wording';
import { accessQuery } from '../../sharing/access-query.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Loaded } from '../../parts/loaded.part.js';
import { Words } from '../../parts/words.part.js';
import { AccessFacts } from '../../sharing/access-facts.part.js';
import { Chains } from '../../sharing/chain.part.js';
import { ChangeAccess } from '../../sharing/change-access.part.js';
import { EndAccess } from '../../sharing/cut-off.part.js';
import { isGone, useRevoke } from '../../sharing/revoke.hook.js';
import { ROW, ROW_HEADING, useRowFocus } from '../../sharing/row-focus.hook.js';
import { SHARING } from '../../sharing/sharing.messages.js';
import { useChangeable } from '../../sharing/changeable.hook.js';
import { whoAndWhere } from '../../sharing/who-and-where.js';
import { useSearchMembers } from './access-search.hook.js';
import { ACCESS } from './access.messages.js';
import styles from './access.module.css';

interface AccessRowProps {
  readonly row: AccessRow;
  /** Its holder stands above it: then the sentence leaves the name out. */
  readonly isBelowHolder: boolean;
}

/** One access: its sentence, when it was used, how it reaches her data, and the buttons that change and end it. */
export function AccessItem({ row, isBelowHolder }: AccessRowProps) {
  const reader = useWording();
  const { change } = useSearch({ from: '/access' });
  const item = useRowFocus<HTMLLIElement>();
  const line = isBelowHolder ? accessLine(row, reader) : accessSentence(row, reader);
  const setMember = useSearchMembers();
  return (
    <li ref={item} {...ROW} className={styles.row}>
      <h4 {...ROW_HEADING} className={styles.sentence}>
        <Link to="/access/$id" params={{ id: row.id }} className={styles.link}>
          <Words of={line} />
        </Link>
      </h4>
      <AccessFacts row={row} />
      {change === row.id ? (
        <ChangeAccess
          row={row}
          onClose={() => {
            setMember({ change: undefined });
            item.current?.querySelector<HTMLElement>('[data-row-heading]')?.focus();
          }}
        />
      ) : (
        <Actions row={row} />
      )}
    </li>
  );
}

function Actions({ row }: { readonly row: AccessRow }) {
  const texts = useMessages(SHARING);
  const { chain } = useMessages(ACCESS);
  const reader = useWording();
  const { open } = useSearch({ from: '/access' });
  const setMember = useSearchMembers();
  const revoke = useRevoke();
  const isOpen = open === row.id;
  const isChangeable = useChangeable(row);
  const about = <span className="unseen">{texts.about(whoAndWhere(row, reader.language))}</span>;
  return (
    <>
      {isOpen && <Way id={row.id} />}
      {revoke.error &&
        (isGone(revoke.error) ? (
          <p role="alert">{texts.goneAlready}</p>
        ) : (
          <ErrorBox error={revoke.error} ofChange what={texts.failed.revoke} />
        ))}
      <div className={styles.actions}>
        <Button look="plain" aria-expanded={isOpen} onClick={() => setMember({ open: isOpen ? undefined : row.id })}>
          <span aria-hidden="true">{isOpen ? '▾ ' : '▸ '}</span>
          {chain}
          {about}
        </Button>
        <div className={styles.buttons}>
          {isChangeable && (
            <Button onClick={() => setMember({ change: row.id })}>
              {texts.change}
              {about}
            </Button>
          )}
          <EndAccess row={row} busy={revoke.isPending} onEnd={() => revoke.press(row)}>
            {about}
          </EndAccess>
        </div>
      </div>
    </>
  );
}

function Way({ id }: { readonly id: string }) {
  const { chainFailed } = useMessages(ACCESS);
  const view = useQuery(accessQuery(id));
  return (
    <Loaded query={view} what={chainFailed} rows={1}>
      {(found) => <Chains view={found} />}
    </Loaded>
  );
}
