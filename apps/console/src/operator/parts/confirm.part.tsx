import type { ReactNode } from 'react';
import { useEffect, useId, useRef } from 'react';
import { Button } from '../../parts/button.part.js';
import { Row } from '../../parts/card.part.js';
import { ErrorBox } from '../../parts/error-box.part.js';
import styles from './confirm.module.css';

interface ConfirmProps {
  readonly title: string;
  /** What it comes to, with how many people it concerns. */
  readonly children: ReactNode;
  /** Says what happens, to whom. */
  readonly action: string;
  readonly keep: string;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something that concerns people: two buttons, the careful one first and with the focus. Escape changes nothing. */
export function Confirm({ title, children, action, keep, busy, error, onConfirm, onClose }: ConfirmProps) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      <div className={styles.words}>{children}</div>
      {error !== null && <ErrorBox error={error} ofChange />}
      <Row>
        <Button onClick={() => dialog.current?.close()}>{keep}</Button>
        <Button look="danger" busy={busy} onClick={onConfirm}>
          {action}
        </Button>
      </Row>
    </dialog>
  );
}
