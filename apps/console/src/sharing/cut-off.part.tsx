import type { AccessRow } from '@valetkey/owner-contract';
import { plainName } from '@valetkey/wording';
import type { ReactNode } from 'react';
import { useEffect, useId, useRef, useState } from 'react';
import { useMessages } from '../language/language.hook.js';
import { Button } from '../parts/button.part.js';
import styles from './change-access.module.css';
import { SHARING } from './sharing.messages.js';

interface EndAccessProps {
  readonly row: AccessRow;
  readonly busy: boolean;
  readonly onEnd: () => void;
  /** What the button is about, for those who do not see where it stands. */
  readonly children?: ReactNode;
}

/** Ends an access by one press; that of a service which keeps her things after a question alone. */
export function EndAccess({ row, busy, onEnd, children }: EndAccessProps) {
  const { revoke, cutOff } = useMessages(SHARING);
  const [isAsked, setAsked] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = () => {
    setAsked(false);
    button.current?.focus();
  };
  if (!row.keeps_the_data)
    return (
      <Button look="danger" busy={busy} onClick={onEnd}>
        {revoke}
        {children}
      </Button>
    );
  return (
    <>
      <Button ref={button} look="danger" aria-expanded={isAsked} onClick={() => setAsked(true)}>
        {cutOff.open}
        {children}
      </Button>
      {isAsked && <CutOff {...{ row, busy, onEnd }} onClose={close} />}
    </>
  );
}

/** What breaks when the service is disconnected, and how it comes back. */
function CutOff({ row, busy, onEnd, onClose }: EndAccessProps & { readonly onClose: () => void }) {
  const { cutOff, changeForm } = useMessages(SHARING);
  const name = plainName(row.holder.name);
  const title = useId();
  const group = useRef<HTMLDivElement>(null);
  useEffect(() => group.current?.focus(), []);
  return (
    <div ref={group} role="group" aria-labelledby={title} tabIndex={-1} className={styles.form}>
      <p id={title}>
        <strong>{cutOff.title(name)}</strong>
      </p>
      <p>{cutOff.breaks(name)}</p>
      <p>{cutOff.again(name)}</p>
      <div className={styles.actions}>
        <Button onClick={onClose}>{changeForm.cancel}</Button>
        <Button look="danger" busy={busy} onClick={onEnd}>
          {cutOff.confirm(name)}
        </Button>
      </div>
    </div>
  );
}
