import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ListAnswer } from '@valetkey/owner-contract';
import { read } from './api-client.js';
import { queryString } from './query-string.js';

export type PagesQuery<Item> = UseInfiniteQueryResult<InfiniteData<ListAnswer<Item>>>;

type Members = Readonly<Record<string, string | number | undefined>>;

/**
 * A list of the owner API, page by page. @param path - below `/me/`, or from the issuer on; with `members` it is the key of what was read
 * @param members - its query, but for the cursor
 */
export function usePages<Item>(
  path: string,
  members: Members = {},
  { enabled = true }: { readonly enabled?: boolean } = {},
): PagesQuery<Item> {
  return useInfiniteQuery({
    queryKey: [path, 'pages', queryString(members)],
    queryFn: ({ signal, pageParam }) =>
      read<ListAnswer<Item>>(path + queryString({ ...members, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: (former) => former,
    enabled,
  });
}

/** All that has been read so far; `undefined` before the first page. */
export function itemsOf<Item>({ data }: PagesQuery<Item>): readonly Item[] | undefined {
  return data?.pages.flatMap((page) => page.items);
}
