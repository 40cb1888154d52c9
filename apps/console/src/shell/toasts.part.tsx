import { lazy, Suspense, useEffect, useState } from 'react';
import { whenToastWaits } from './toast-queue.js';

const ToastArea = lazy(() => import('./toast-area.part.js'));
/** What comes before any result: there is time to load the area, and assistive technology knows it before something stands in it. */
const FIRST_ACTS = ['pointerdown', 'keydown'] as const;

/** Room for toasts, loaded when somebody begins to do something. */
export function Toasts() {
  const [isWanted, setWanted] = useState(false);
  useEffect(() => {
    if (isWanted) return undefined;
    const want = () => setWanted(true);
    for (const act of FIRST_ACTS) document.addEventListener(act, want, { once: true });
    const forget = whenToastWaits(want);
    return () => {
      for (const act of FIRST_ACTS) document.removeEventListener(act, want);
      forget();
    };
  }, [isWanted]);
  return isWanted ? (
    <Suspense fallback={null}>
      <ToastArea />
    </Suspense>
  ) : null;
}
