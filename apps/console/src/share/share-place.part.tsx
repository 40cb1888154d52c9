import type { ResourceName } from '@valetkey/owner-contract';
import { lazy, Suspense, useEffect, useRef } from 'react';
import { loadShareDialog } from './load-share-dialog.js';
import { SEVERAL } from './share-address.js';
import { useShareAddress } from './share-address.hook.js';
import { shareButtonId } from './share-button.part.js';

const ShareDialog = lazy(loadShareDialog);

interface SharePlaceProps {
  /** What is chosen on the screen, where it offers that. */
  readonly chosen?: readonly ResourceName[];
  /** It was shared, or changed. */
  readonly onShared?: () => void;
}

/** Where a screen has the share dialog: open as the address says. When it closes, the focus goes back to what opened it. */
export function SharePlace({ chosen = [], onShared }: SharePlaceProps) {
  const { share, close } = useShareAddress();
  const ids = share === SEVERAL ? chosen.map(({ id }) => id) : share === undefined ? [] : [share];
  useFocusBack(share);
  if (ids.length === 0) return null;
  return (
    <Suspense fallback={null}>
      <ShareDialog key={share} ids={ids} onClose={close} {...(onShared && { onShared })} />
    </Suspense>
  );
}

function useFocusBack(share: string | undefined): void {
  const former = useRef<string | undefined>(undefined);
  useEffect(() => {
    const closed = former.current;
    former.current = share;
    if (closed === undefined || share !== undefined) return;
    const opener = document.getElementById(shareButtonId(closed));
    (opener ?? document.querySelector<HTMLElement>('#content h1'))?.focus();
  }, [share]);
}
