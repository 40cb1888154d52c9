import type { ReactNode } from 'react';
import { useMessages } from '../language/language.hook.js';
import styles from './frame.module.css';
import { LiveRegion } from './live-region.part.js';
import { SHELL } from './shell.messages.js';

interface FrameProps {
  readonly name: string;
  readonly navigation?: ReactNode;
  readonly menu?: ReactNode;
  readonly helpUrl?: string | undefined;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** Header, navigation and content of a console: there at once, before anything is known of the person. */
export function Frame({ name, navigation, menu, helpUrl, wide = false, children }: FrameProps) {
  const texts = useMessages(SHELL);
  const width = wide ? styles.wide : styles.usual;
  return (
    <>
      <a className={styles.skip} href="#content" onClick={skip}>
        {texts.skip}
      </a>
      <header className={styles.header}>
        <div className={`${styles.bar} ${width}`}>
          <p className={styles.name}>{name}</p>
          {navigation !== undefined && (
            <nav className={styles.navigation} aria-label={texts.navigation}>
              {navigation}
            </nav>
          )}
          <div className={styles.end}>
            {helpUrl !== undefined && (
              <a className={styles.help} href={helpUrl}>
                {texts.help}
              </a>
            )}
            {menu}
          </div>
        </div>
      </header>
      <main id="content" tabIndex={-1} className={`${styles.content} ${width}`}>
        {children}
      </main>
      <LiveRegion />
    </>
  );
}

/** Without a change of the address, which is the screen's. */
function skip(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('content')?.focus();
}
