import { useMessages } from '../language/language.hook.js';
import { useAfter } from './after.hook.js';
import { Button } from './button.part.js';
import styles from './loading.module.css';
import { PARTS } from './parts.messages.js';

const QUIET_MS = 300;
const LONG_MS = 8_000;

interface LoadingProps {
  /** As many as come usually, so that nothing moves when they do. */
  readonly rows?: number;
  /** Height of a row. */
  readonly size?: 'line' | 'row' | 'card';
  readonly onRetry?: () => void;
}

/** Nothing for a moment, then rows of the final height, and after eight seconds a word about it. */
export function Loading({ rows = 3, size = 'card', onRetry }: LoadingProps) {
  const texts = useMessages(PARTS);
  const isLate = useAfter(QUIET_MS);
  const isLong = useAfter(LONG_MS);
  return (
    <div aria-busy="true" className={styles.loading}>
      <p role="status" className={isLong ? styles.slow : 'unseen'}>
        {isLong ? texts.slow : isLate ? texts.loading : ''}
      </p>
      {isLong && onRetry && <Button onClick={onRetry}>{texts.retry}</Button>}
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} aria-hidden="true" className={isLate ? `${styles.bone} ${styles[size]}` : styles[size]} />
      ))}
    </div>
  );
}
