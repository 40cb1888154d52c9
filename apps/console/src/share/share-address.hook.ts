import { useCanGoBack, useLocation, useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { ShareAddress } from './share-address.js';

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** The share dialog was opened by a step in this console: closing it is a step back. */
    readonly opensShare?: true;
  }
}

interface ShareAddressControl extends ShareAddress {
  readonly open: (share: string) => void;
  readonly close: () => void;
}

/** The share dialog is open where the address says so: it has a step back, a reload, and a way through a sign-in. */
export function useShareAddress(): ShareAddressControl {
  const { share }: ShareAddress = useSearch({ strict: false });
  const navigate = useNavigate();
  const router = useRouter();
  const wasOpened = useLocation({ select: ({ state }) => state.opensShare === true });
  const canGoBack = useCanGoBack();
  const open = useCallback(
    (id: string) =>
      void navigate({
        to: '.',
        search: (former: object) => ({ ...former, share: id }),
        state: { opensShare: true },
        resetScroll: false,
      }),
    [navigate],
  );
  const close = useCallback(() => {
    if (wasOpened && canGoBack) router.history.back();
    else
      void navigate({
        to: '.',
        search: (former: object) => ({ ...former, share: undefined }),
        replace: true,
        resetScroll: false,
      });
  }, [navigate, router, wasOpened, canGoBack]);
  return { ...(share !== undefined && { share }), open, close };
}
