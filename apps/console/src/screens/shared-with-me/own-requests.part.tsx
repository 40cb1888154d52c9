import type { OwnRequestRow } from '@valetkey/owner-contract';
import { useId } from 'react';
import { fillParts, nameText, past, place } from '@valetkey/wording';
import { itemsOf, usePages } from '../../api/pages.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Words } from '../../parts/words.part.js';
import { SHARING } from '../../sharing/sharing.messages.js';
import { SHARED_WITH_ME } from './shared-with-me.messages.js';
import styles from './shared-with-me.module.css';

/** What she asked other owners for. */
export function OwnRequests() {
  const { asked: texts } = useMessages(SHARED_WITH_ME);
  const { more } = useMessages(SHARING);
  const id = useId();
  const list = usePages<OwnRequestRow>('asked');
  const rows = itemsOf(list);
  if (!rows && !list.isError) return null;
  return (
    <section aria-labelledby={id} className={styles.section}>
      <h2 id={id}>{texts.title}</h2>
      {list.error && <ErrorBox error={list.error} what={texts.failed} onRetry={() => void list.refetch()} />}
      {rows?.length === 0 && <p className={styles.about}>{texts.none}</p>}
      <ul className={styles.list}>
        {rows?.map((row) => (
          <Asked key={row.id} row={row} />
        ))}
      </ul>
      {list.hasNextPage && (
        <p>
          <Button onClick={() => void list.fetchNextPage()}>{more}</Button>
        </p>
      )}
    </section>
  );
}

function Asked({ row }: { readonly row: OwnRequestRow }) {
  const { asked: texts } = useMessages(SHARED_WITH_ME);
  const reader = useWording();
  const { owner, resources, state, asked_at: at, decided_at: decided } = row;
  const status = texts.states[state];
  return (
    <li className={styles.card}>
      <div className={styles.words}>
        <h3 className={styles.heading}>
          <Words of={place(resources, resources.length, reader.language)} />
        </h3>
        <p className={styles.about}>
          <Words of={fillParts(texts.from, nameText(owner.name), past(at, reader))} />
        </p>
        <p>
          {decided === undefined ? status : <Words of={fillParts(texts.answered, status, past(decided, reader))} />}
        </p>
      </div>
    </li>
  );
}
