import { Link } from '@tanstack/react-router';
import type { ActivityRow } from '@valetkey/owner-contract';
import { activityLine, past } from '@valetkey/wording';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Words } from '../../parts/words.part.js';
import { GRANT } from './grant.messages.js';
import styles from './grant.module.css';

/** What happened to an access, most recent first. */
export function History({ rows }: { readonly rows: readonly ActivityRow[] }) {
  const texts = useMessages(GRANT);
  const reader = useWording();
  if (rows.length === 0) return <p className={styles.about}>{texts.noHistory}</p>;
  return (
    <>
      <ol className={styles.history}>
        {rows.map((row) => (
          <li key={row.id} className={styles.event}>
            <p>
              <Words of={activityLine(row, reader)} />
            </p>
            <p className={styles.about}>
              <Words of={[past(row.at, reader)]} />
            </p>
          </li>
        ))}
      </ol>
      <p>
        <Link to="/activity" className={styles.link}>
          {texts.allHistory}
        </Link>
      </p>
    </>
  );
}
