import { useMessages } from '../../language/language.hook.js';
import { Button } from '../../parts/button.part.js';
import { SEVERAL } from '../../share/share-address.js';
import { useShareAddress } from '../../share/share-address.hook.js';
import { ShareButton } from '../../share/share-button.part.js';
import { MOST_CHOSEN, useChooser } from './choosing.hook.js';
import { HOME } from './home.messages.js';
import styles from './home.module.css';

/** How many are chosen, and what to do with them, in sight while she scrolls. */
export function ChosenBar() {
  const { several } = useMessages(HOME);
  const { open } = useShareAddress();
  const { isChoosing, chosen, isFull, stop } = useChooser();
  if (!isChoosing) return null;
  return (
    <div className={styles.bar} role="group" aria-label={several.start}>
      <p className={styles.chosen} role="status">
        {chosen.length === 0 ? several.none : several.chosen(chosen.length)} {isFull && several.most(MOST_CHOSEN)}
      </p>
      <Button onClick={stop}>{several.stop}</Button>
      {chosen.length > 0 && (
        <ShareButton of={SEVERAL} name="" label={several.share(chosen.length)} look="primary" onOpen={open} />
      )}
    </div>
  );
}
