import { useSearch } from '@tanstack/react-router';
import type { RemovedRow } from '@valetkey/owner-contract';
import { accessSentence, fillParts, future } from '@valetkey/wording';
import { itemsOf, usePages } from '../../api/pages.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Words } from '../../parts/words.part.js';
import { useGiveBack } from '../../sharing/give-back.hook.js';
import { ROW, ROW_HEADING, useRowFocus } from '../../sharing/row-focus.hook.js';
import { SHARING } from '../../sharing/sharing.messages.js';
import { whoAndWhere } from '../../sharing/who-and-where.js';
import { useSearchMembers } from './access-search.hook.js';
import { ACCESS } from './access.messages.js';
import styles from './access.module.css';

/** What ended in the last seven days, and its way back. */
export function RemovedList() {
  const { removed: texts } = useMessages(ACCESS);
  const { more } = useMessages(SHARING);
  const setMembers = useSearchMembers();
  const { removed: isOpen = false } = useSearch({ from: '/access' });
  const list = usePages<RemovedRow>('removed');
  const items = itemsOf(list) ?? [];
  const setOpen = (open: boolean) => {
    if (open === isOpen) return;
    setMembers({ removed: open ? true : undefined });
  };
  const count = list.data ? ` · ${items.length}${list.hasNextPage ? '+' : ''}` : '';
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)} className={styles.removed}>
      <summary className={styles.summary}>{texts.title(count)}</summary>
      {list.error && <ErrorBox error={list.error} what={texts.failed} onRetry={() => void list.refetch()} />}
      {list.data && items.length === 0 && <p className={styles.about}>{texts.none}</p>}
      <ul className={styles.rows}>
        {items.map((row) => (
          <Removed key={row.removed_id} row={row} />
        ))}
      </ul>
      {list.hasNextPage && <Button onClick={() => void list.fetchNextPage()}>{more}</Button>}
    </details>
  );
}

function Removed({ row }: { readonly row: RemovedRow }) {
  const { removed: texts } = useMessages(ACCESS);
  const sharing = useMessages(SHARING);
  const reader = useWording();
  const giveBack = useGiveBack();
  const item = useRowFocus<HTMLLIElement>();
  const { give_back_until: until } = row;
  const sentence = accessSentence({ ...row, state: 'ended' }, reader);
  return (
    <li ref={item} {...ROW} className={styles.row}>
      <p {...ROW_HEADING}>
        <Words of={sentence} />
      </p>
      <div className={styles.actions}>
        <p className={styles.about}>
          {until === undefined ? (
            texts.notAgain
          ) : (
            <Words of={fillParts(sharing.giveBackUntil, future(until, reader))} />
          )}
        </p>
        {until !== undefined && (
          <Button onClick={() => giveBack(row.removed_id, row.holder)}>
            {sharing.giveBack}
            <span className="unseen">{sharing.about(whoAndWhere(row, reader.language))}</span>
          </Button>
        )}
      </div>
    </li>
  );
}
