import { inTitle } from '@valetkey/shown-text';
import type { Parts } from '@valetkey/wording';
import { plain, plainText } from '@valetkey/wording';
import { useMatch } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useSession } from '../api/session.hook.js';
import { Words } from '../parts/words.part.js';
import styles from './screen.module.css';

let lastShown: string | undefined;

/**
 * Sets the document's title, then gives the focus to the heading: after each navigation within the console, not when the document
 * has just come (the browser reads it from its beginning then).
 */
function useArrival(title: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  // Of the screen itself: the address changes before the screen does.
  const shown = useMatch({ strict: false, select: ({ id, params }) => `${id} ${JSON.stringify(params)}` });
  const { server_name: server } = useSession();
  useEffect(() => {
    document.title = `${inTitle(title)} · ${server}`;
  }, [title, server]);
  useEffect(() => {
    const isArrival = lastShown !== undefined && lastShown !== shown;
    lastShown = shown;
    if (isArrival) heading.current?.focus();
  }, [shown]);
  return heading;
}

interface ScreenProps {
  /** Of the document, and the one `h1`: in parts where names are in it, which the heading isolates. */
  readonly title: string | Parts;
  readonly lead?: ReactNode;
  /** Buttons for the whole screen. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** A screen: every one is made of this, so that title, heading and focus are right. */
export function Screen({ title, lead, actions, children }: ScreenProps) {
  const parts = typeof title === 'string' ? [plain(title)] : title;
  const heading = useArrival(plainText(parts));
  return (
    <>
      <div className={styles.head}>
        <div className={styles.words}>
          <h1 ref={heading} tabIndex={-1} className={styles.title}>
            <Words of={parts} />
          </h1>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </>
  );
}
