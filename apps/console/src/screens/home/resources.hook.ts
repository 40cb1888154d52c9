import { useEffect } from 'react';
import type { ResourceRow } from '@valetkey/owner-contract';
import type { PagesQuery } from '../../api/pages.hook.js';
import { usePages } from '../../api/pages.hook.js';
import type { HomeSearch } from './home.search.js';

/** What is hers and matches, as many pages of it as the address says. */
export function useResources({ q, show, label, pages = 1 }: HomeSearch): PagesQuery<ResourceRow> {
  const query = usePages<ResourceRow>('resources', { q, show, label });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = query;
  const isShort = (data?.pages.length ?? pages) < pages;
  useEffect(() => {
    if (isShort && hasNextPage && !isFetching && !isError) void fetchNextPage();
  }, [isShort, hasNextPage, isFetching, isError, fetchNextPage]);
  return query;
}
