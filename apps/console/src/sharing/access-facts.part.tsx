import type { AccessRow } from '@valetkey/owner-contract';
import { CircleAlert, CircleCheck, CircleX, Clock } from 'lucide-react';
import { given, lastRefused, lastUsed, startsText } from '@valetkey/wording';
import { useMessages } from '../language/language.hook.js';
import { useWording } from '../language/wording.hook.js';
import { classNames } from '../parts/class-names.js';
import { Words } from '../parts/words.part.js';
import { SHARING } from './sharing.messages.js';
import styles from './sharing.module.css';

type Facts = Pick<AccessRow, 'state' | 'from' | 'last_used_at' | 'last_refused' | 'origin' | 'given_at' | 'note'>;

/** When it was used and refused last, who gave it when, and the note that she made. */
export function AccessFacts({ row }: { readonly row: Facts }) {
  const texts = useMessages(SHARING);
  const reader = useWording();
  const { last_refused: refused } = row;
  return (
    <>
      <div className={styles.facts}>
        <Use row={row} />
        {refused && (
          <span className={classNames(styles.badge, styles.warn)}>
            <CircleX size={18} aria-hidden="true" />
            <span>
              <Words of={lastRefused(refused, reader)} />
            </span>
          </span>
        )}
        <span>
          {texts.origins[row.origin]}, <Words of={given(row.given_at, reader)} />
        </span>
      </div>
      {row.note !== undefined && (
        <p className={styles.note}>
          <span className="unseen">{texts.note}: </span>
          <bdi>{row.note}</bdi>
        </p>
      )}
    </>
  );
}

function Use({ row: { state, from, last_used_at: used } }: { readonly row: Facts }) {
  const reader = useWording();
  if (state === 'starting' && from !== undefined)
    return (
      <span className={styles.badge}>
        <Clock size={18} aria-hidden="true" />
        <span>
          <Words of={startsText(from, reader)} />
        </span>
      </span>
    );
  const isUsed = used !== undefined;
  const Icon = isUsed ? CircleCheck : CircleAlert;
  return (
    <span className={classNames(styles.badge, !isUsed && styles.warn)}>
      <Icon size={18} aria-hidden="true" />
      <span>
        <Words of={lastUsed(used, reader)} />
      </span>
    </span>
  );
}
