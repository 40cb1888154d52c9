import type { ReactNode } from 'react';
import { useMessages } from '../language/language.hook.js';
import { Button } from '../parts/button.part.js';
import { Notice } from '../parts/card.part.js';
import { SHARING } from './sharing.messages.js';
import styles from './sharing.module.css';

interface LostRaceProps {
  readonly theirs: ReactNode;
  readonly mine: ReactNode;
  readonly busy: boolean;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}

/** Somebody else was faster: both versions, and which one it shall be. */
export function LostRace({ theirs, mine, busy, onKeepMine, onTakeTheirs }: LostRaceProps) {
  const { lostRace: texts } = useMessages(SHARING);
  return (
    <Notice tone="warn" role="alert">
      <p>{texts.what}</p>
      <div className={styles.versions}>
        <div className={styles.version}>
          <p>
            <strong>{texts.theirs}</strong>
            <br />
            {theirs}
          </p>
          <Button onClick={onTakeTheirs}>{texts.takeTheirs}</Button>
        </div>
        <div className={styles.version}>
          <p>
            <strong>{texts.mine}</strong>
            <br />
            {mine}
          </p>
          <Button busy={busy} onClick={onKeepMine}>
            {texts.keepMine}
          </Button>
        </div>
      </div>
    </Notice>
  );
}
