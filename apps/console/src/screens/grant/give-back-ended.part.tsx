import type { AccessView, RemovedRow } from '@valetkey/owner-contract';
import { fillParts, future } from '@valetkey/wording';
import { itemsOf, usePages } from '../../api/pages.hook.js';
import { useMessages } from '../../language/language.hook.js';
import { useWording } from '../../language/wording.hook.js';
import { Button } from '../../parts/button.part.js';
import { Words } from '../../parts/words.part.js';
import { useGiveBack } from '../../sharing/give-back.hook.js';
import { SHARING } from '../../sharing/sharing.messages.js';
import styles from './grant.module.css';

/** The way back of an access that ended lately. */
export function GiveBackEnded({ view }: { readonly view: AccessView }) {
  const texts = useMessages(SHARING);
  const reader = useWording();
  const giveBack = useGiveBack();
  const removed = itemsOf(usePages<RemovedRow>('removed'))?.find(({ id }) => id === view.id);
  if (removed?.give_back_until === undefined) return null;
  return (
    <div className={styles.buttons}>
      <p className={styles.about}>
        <Words of={fillParts(texts.giveBackUntil, future(removed.give_back_until, reader))} />
      </p>
      <Button onClick={() => giveBack(removed.removed_id, view.holder)}>{texts.giveBack}</Button>
    </div>
  );
}
