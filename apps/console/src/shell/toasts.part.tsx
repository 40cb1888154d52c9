import { Toast } from '@base-ui/react/toast';
import type { ReactNode } from 'react';
import { useMessages } from '../language/language.hook.js';
import { buttonClass } from '../parts/button.part.js';
import { SHELL } from './shell.messages.js';
import styles from './toasts.module.css';

const LASTS_MS = 20_000;
const toasts = Toast.createToastManager();

interface ToastAction {
  /** "Give back". The same stays possible on a screen, so that nobody has to be quick. */
  readonly label: string;
  readonly run: () => void;
}

/** Shows a result for 20 seconds; it waits while it is pointed at or has the focus, and F6 leads to it. */
export function toast(text: string, action?: ToastAction): void {
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

export function Toasts({ children }: { readonly children: ReactNode }) {
  const texts = useMessages(SHELL);
  return (
    <Toast.Provider toastManager={toasts} timeout={LASTS_MS} limit={3}>
      {children}
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
