import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ListAnswer, SignInSessionRow } from '@valetkey/owner-contract';
import { past } from '@valetkey/wording';
import { read } from '../../api/api-client.js';
import { useChange } from '../../api/change.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Card, Row } from '../../parts/card.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import { Loaded } from '../../parts/loaded.part.js';
import { Words } from '../../parts/words.part.js';
import { ROW, ROW_HEADING, useRowFocus } from '../../sharing/row-focus.hook.js';
import { toast } from '../../shell/toast-queue.js';
import styles from './settings.module.css';
import { SETTINGS } from './settings.messages.js';

const KEY = ['sessions'];

/** Where she is signed in; each but this one can be ended. */
export function SessionList() {
  const { sessions: texts } = useMessages(SETTINGS);
  const list = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => read<ListAnswer<SignInSessionRow>>('sessions', signal),
  });
  return (
    <Card as="section">
      <h2>{texts.title}</h2>
      <p className={styles.lead}>{texts.lead}</p>
      <Loaded query={list} what={texts.failed} rows={2} size="row">
        {({ items }) => (
          <ul className={styles.sessions}>
            {items.map((row) => (
              <OneSession key={row.id} row={row} />
            ))}
          </ul>
        )}
      </Loaded>
    </Card>
  );
}

function OneSession({ row }: { readonly row: SignInSessionRow }) {
  const { sessions: texts } = useMessages(SETTINGS);
  const reader = useWording();
  const client = useQueryClient();
  const item = useRowFocus<HTMLLIElement>();
  const end = useChange<void, void>(() => ({ method: 'DELETE', path: `sessions/${encodeURIComponent(row.id)}` }), {
    onDone: () => {
      toast(texts.ended(row.browser));
      return client.invalidateQueries({ queryKey: KEY });
    },
  });
  return (
    <li ref={item} className={styles.session} {...ROW}>
      <Row spread>
        <div>
          <h3 {...ROW_HEADING}>
            <bdi>{row.browser}</bdi>
          </h3>
          <p className={styles.lead}>
            {texts.since} <Words of={[past(row.signed_in_at, reader)]} />
          </p>
          <p className={styles.lead}>
            {texts.seen} <Words of={[past(row.last_seen_at, reader)]} />
          </p>
        </div>
        {row.current ? (
          <p>
            <strong>{texts.here}</strong> <span className={styles.lead}>{texts.signOutHere}</span>
          </p>
        ) : (
          <Button look="danger" busy={end.isPending} aria-label={texts.endOf(row.browser)} onClick={() => end.press()}>
            {texts.end}
          </Button>
        )}
      </Row>
      {end.error && <ErrorBox error={end.error} what={texts.endFailed} ofChange />}
    </li>
  );
}
