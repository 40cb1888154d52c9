import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';

/** Reads on until as many pages are there as the address says: going back shows what was shown. */
export function useWantedPages(
  list: Pick<UseInfiniteQueryResult, 'hasNextPage' | 'isFetching' | 'isError' | 'fetchNextPage'>,
  state: {
    readonly read: number;
    readonly wanted: number;
  },
): void {
  const { fetchNextPage } = list;
  const isShort = state.read > 0 && state.read < state.wanted && list.hasNextPage && !list.isFetching && !list.isError;
  useEffect(() => {
    if (isShort) void fetchNextPage();
  }, [isShort, fetchNextPage]);
}
