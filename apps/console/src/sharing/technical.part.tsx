import { useMessages } from '../language/language.hook.js';
import { SHARING } from './sharing.messages.js';
import styles from './sharing.module.css';

/** Identifiers and names of scopes, folded away: the one place where they are shown (G16). */
export function Technical({ pairs }: { readonly pairs: Readonly<Record<string, string>> }) {
  const texts = useMessages(SHARING);
  return (
    <details className={styles.fold} data-technical="">
      <summary className={styles.summary}>{texts.technical}</summary>
      <dl className={styles.pairs}>
        {Object.entries(pairs).map(([name, value]) => (
          <div key={name} className={styles.pair}>
            <dt>{name}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
