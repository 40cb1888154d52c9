import { Toast } from '@base-ui/react/toast';
import { useEffect } from 'react';
import { useMessages } from '../language/language.hook.js';
import { buttonClass } from '../parts/button.part.js';
import { SHELL } from './shell.messages.js';
import type { ToastText } from './toast-queue.js';
import { readToasts } from './toast-queue.js';
import styles from './toasts.module.css';

const LASTS_MS = 20_000;
const toasts = Toast.createToastManager();

function show({ text, action }: ToastText): void {
  toasts.close();
  const id: string = toasts.add({
    title: text,
    ...(action && {
      actionProps: {
        children: action.label,
        onClick: () => {
          toasts.close(id);
          action.run();
        },
      },
    }),
  });
}

/** Where results stand for a while, beside the screen. */
export default function ToastArea() {
  const texts = useMessages(SHELL);
  useEffect(() => readToasts({ show, withdraw: () => toasts.close() }), []);
  return (
    <Toast.Provider toastManager={toasts} timeout={LASTS_MS}>
      <Toast.Portal>
        <Toast.Viewport className={styles.viewport} aria-label={texts.notices}>
          <ToastList close={texts.close} />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList({ close }: { readonly close: string }) {
  const { toasts: shown } = Toast.useToastManager();
  return shown.map((one) => (
    <Toast.Root key={one.id} toast={one} className={styles.toast} swipeDirection={[]}>
      <Toast.Title className={styles.title} />
      {one.actionProps && <Toast.Action className={buttonClass()} />}
      <Toast.Close className={buttonClass()}>{close}</Toast.Close>
    </Toast.Root>
  ));
}
