import { useEffect, useRef } from 'react';
import { serverAddress } from '../api/address.js';
import { useMessages } from '../language/language.hook.js';
import { Button, buttonClass } from '../parts/button.part.js';
import { SHORTCUTS } from './shortcut-list.messages.js';
import styles from './shortcut-list.module.css';

const TITLE = 'shortcuts-title';

/** The keys that do something, in a dialog. The focus returns to where it was. */
export function ShortcutList({ onClose }: { readonly onClose: () => void }) {
  const texts = useMessages(SHORTCUTS);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const close = () => dialog.current?.close();
  const keys = [
    ['/', texts.search],
    ['?', texts.list],
    ['F6', texts.messages],
    ['Esc', texts.escape],
  ] as const;
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={TITLE} onClose={onClose}>
      <h2 id={TITLE} className={styles.title}>
        {texts.title}
      </h2>
      <dl className={styles.keys}>
        {keys.map(([key, does]) => (
          <div key={key} className={styles.key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.off}>{texts.off}</p>
      <div className={styles.actions}>
        <Button onClick={close}>{texts.close}</Button>
        <a href={serverAddress('/console/settings')} className={buttonClass()}>
          {texts.settings}
        </a>
      </div>
    </dialog>
  );
}
