import { Link } from '@tanstack/react-router';
import type { RevocationResult, StopPreview } from '@valetkey/owner-contract';
import { endText } from '@valetkey/wording';
import { useEffect, useRef } from 'react';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { buttonClass } from '../../parts/button.part.js';
import { Card, Notice } from '../../parts/card.part.js';
import { Counts } from './stop-form.part.js';
import styles from './stop.module.css';
import { STOP } from './stop.messages.js';

interface StopResultProps {
  readonly result: RevocationResult;
  readonly isSignedOut: boolean;
  /** What is left, once it has been read again; of no use after a sign-out. */
  readonly left: StopPreview | undefined;
}

/** What ended, what is left, and what could not be stopped. */
export function StopResult({ result, isSignedOut, left }: StopResultProps) {
  const texts = useMessages(STOP);
  const { done } = texts;
  const reader = useWording();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Card as="section">
      <h2 ref={heading} tabIndex={-1}>
        {done.title}
      </h2>
      <div className={styles.pair}>
        <div>
          <h3>{done.ended}</h3>
          <Counts counts={result.ended} />
        </div>
        {!isSignedOut && left && (
          <div>
            <h3>{done.left}</h3>
            {left.accesses === 0 ? <p>{done.leftNone}</p> : <Counts counts={left} />}
          </div>
        )}
      </div>
      {result.still_valid_until !== undefined && <p>{done.still(endText(result.still_valid_until, reader))}</p>}
      <CouldNot rows={result.could_not_end} />
      {isSignedOut && <p>{done.signedOut}</p>}
      <div>
        <Link to="/access" className={buttonClass()}>
          {done.toAccess}
        </Link>
      </div>
    </Card>
  );
}

function CouldNot({ rows }: { readonly rows: RevocationResult['could_not_end'] }) {
  const { done } = useMessages(STOP);
  if (rows.length === 0) return null;
  return (
    <Notice tone="warn">
      <h3>{done.couldNot}</h3>
      <ul className={styles.facts}>
        {rows.map(({ what, why }) => (
          <li key={what}>
            <bdi>{what}</bdi>: {why}
          </li>
        ))}
      </ul>
    </Notice>
  );
}
