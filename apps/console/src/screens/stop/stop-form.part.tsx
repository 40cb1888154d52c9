import { getRouteApi, useRouter } from '@tanstack/react-router';
import type { AccessRow, StopPreview, SubjectView } from '@valetkey/owner-contract';
import { fillParts, nameText, plainName } from '@valetkey/wording';
import { itemsOf, usePages } from '../../api/pages.hook.js';
import { useMessages, useReader } from '../../language/language.hook.js';
import { Button } from '../../parts/button.part.js';
import { Words } from '../../parts/words.part.js';
import { Card, Row } from '../../parts/card.part.js';
import { Tick } from '../../parts/field.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Select } from '../../parts/select.part.js';
import styles from './stop.module.css';
import { STOP } from './stop.messages.js';

const route = getRouteApi('/stop');

interface StopFormProps {
  readonly counts: StopPreview;
  readonly signOut: boolean;
  readonly onSignOut: (signOut: boolean) => void;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onStop: () => void;
}

/** What would end, and two buttons. */
export function StopForm({ counts, signOut, onSignOut, busy, error, onStop }: StopFormProps) {
  const texts = useMessages(STOP);
  const { history } = useRouter();
  const { subject } = route.useSearch();
  const holders = useHolders();
  const one = holders.find(({ id }) => id === subject);
  const isAny = counts.accesses > 0 || signOut;
  return (
    <div className={styles.form}>
      <Whose holders={holders} />
      <Card as="section">
        <h2>{texts.before}</h2>
        <Counts counts={counts} />
        {counts.stays.length > 0 && <p>{texts.stays(counts.stays.map(({ name }) => plainName(name)).join(', '))}</p>}
        <ul className={styles.facts}>
          {[...texts.does, texts.undo].map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        <Tick
          label={texts.signOut}
          help={`${texts.signOutHelp} ${texts.sessions(counts.sessions)}.`}
          checked={signOut}
          onChange={({ target }) => onSignOut(target.checked)}
        />
      </Card>
      {error && <ErrorBox error={error} what={texts.stopFailed} ofChange onRetry={onStop} />}
      <Row>
        <Button onClick={() => history.back()}>{texts.cancel}</Button>
        {isAny && (
          <Button look="danger" busy={busy} onClick={onStop}>
            {one ? <Words of={fillParts(texts.stopOf, nameText(one.short_name))} /> : texts.stop}
          </Button>
        )}
      </Row>
    </div>
  );
}

/** Everybody who has access, as far as the list of it has been read. */
function useHolders(): readonly SubjectView[] {
  const rows = itemsOf(usePages<AccessRow>('access', { by: 'holder' })) ?? [];
  return [...new Map(rows.map(({ holder }) => [holder.id, holder])).values()];
}

function Whose({ holders }: { readonly holders: readonly SubjectView[] }) {
  const texts = useMessages(STOP);
  const { subject } = route.useSearch();
  const navigate = route.useNavigate();
  const isKnown = subject === undefined || holders.some(({ id }) => id === subject);
  return (
    <div className={styles.whose}>
      <Select
        label={texts.whose}
        value={subject ?? ''}
        onChange={({ target: { value } }) => void navigate({ search: value === '' ? {} : { subject: value } })}
      >
        <option value="">{texts.everybody}</option>
        {!isKnown && <option value={subject}>{texts.asChosen}</option>}
        {holders.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Select>
    </div>
  );
}

type Counted = Pick<StopPreview, 'accesses' | 'people' | 'applications'>;

/** How much, of how many. */
export function Counts({ counts: { accesses, people, applications } }: { readonly counts: Counted }) {
  const texts = useMessages(STOP);
  const { language } = useReader();
  if (accesses === 0) return <p className={styles.count}>{texts.nothing}</p>;
  const holders = [people > 0 && texts.people(people), applications > 0 && texts.applications(applications)];
  const list = new Intl.ListFormat(language).format(holders.filter((one) => one !== false));
  return (
    <p className={styles.count}>
      {texts.accesses(accesses)} {list}
    </p>
  );
}
