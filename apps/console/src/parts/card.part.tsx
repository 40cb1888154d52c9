import type { ReactNode } from 'react';
import styles from './card.module.css';
import { classNames } from './class-names.js';

type Tone = 'note' | 'warn' | 'bad' | 'good';

/** A surface that holds things that belong together. */
export function Card({
  as: Tag = 'div',
  children,
}: {
  readonly as?: 'div' | 'section' | 'li' | 'article';
  readonly children: ReactNode;
}) {
  return <Tag className={styles.card}>{children}</Tag>;
}

/** A box that says something. Colour only repeats what its words say. */
export function Notice({
  tone,
  role,
  children,
}: {
  readonly tone?: Tone;
  readonly role?: 'status' | 'alert';
  readonly children: ReactNode;
}) {
  return (
    <div role={role} className={classNames(styles.notice, tone && styles[tone])}>
      {children}
    </div>
  );
}

/** Things below each other. */
export function Stack({
  gap = 'usual',
  children,
}: {
  readonly gap?: 'tight' | 'usual' | 'roomy';
  readonly children: ReactNode;
}) {
  return <div className={classNames(styles.stack, styles[gap])}>{children}</div>;
}

/** Things side by side, as long as there is room. */
export function Row({ spread = false, children }: { readonly spread?: boolean; readonly children: ReactNode }) {
  return <div className={classNames(styles.row, spread && styles.spread)}>{children}</div>;
}
