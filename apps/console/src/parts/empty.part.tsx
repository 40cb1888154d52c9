import type { ReactNode } from 'react';
import { useMessages } from '../language/language.hook.js';
import { Button } from './button.part.js';
import styles from './empty.module.css';
import { PARTS } from './parts.messages.js';

interface EmptyProps {
  /** What would be here. */
  readonly what: string;
  /** How it gets here. */
  readonly how?: ReactNode;
  /** One button or link. */
  readonly action?: ReactNode;
}

/** A list with nothing in it. */
export function Empty({ what, how, action }: EmptyProps) {
  return (
    <div className={styles.empty}>
      <p className={styles.what}>{what}</p>
      {how !== undefined && <p className={styles.how}>{how}</p>}
      {action}
    </div>
  );
}

/** A list in which the filters leave nothing. */
export function NoMatch({ what, onClear }: { readonly what: string; readonly onClear: () => void }) {
  const texts = useMessages(PARTS);
  return <Empty what={what} action={<Button onClick={onClear}>{texts.clearFilters}</Button>} />;
}
