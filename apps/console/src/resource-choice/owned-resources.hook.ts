import { useQueries } from '@tanstack/react-query';
import type { ResourceView, ScopeView } from '@valetkey/owner-contract';
import { read } from '../api/api-client.js';
import type { PagesQuery } from '../api/pages.hook.js';
import { itemsOf, usePages } from '../api/pages.hook.js';
import { useSettled } from '../parts/settled.hook.js';
import type { Kind, OwnedResource } from './kinds.js';
import { kindsOf } from './kinds.js';

/** Scopes of a kind in words; `undefined` while they are not read yet. */
export type ScopesOfKind = (kind: Kind) => readonly ScopeView[] | undefined;

export interface OwnedResources {
  readonly pages: PagesQuery<OwnedResource>;
  readonly rows: readonly OwnedResource[];
  readonly kinds: readonly Kind[];
  readonly scopesOf: ScopesOfKind;
  /** What may be allowed on each kind is known, or could not be read. */
  readonly isDescribed: boolean;
}

/** What is hers and matches the words, by kinds; one resource of each kind is read for what may be allowed on it. */
export function useOwnedResources(words: string): OwnedResources {
  const pages = usePages<OwnedResource>('resources', { q: useSettled(words.trim()) });
  const rows = itemsOf(pages) ?? [];
  const kinds = kindsOf(rows);
  const views = useQueries({
    queries: kinds.map(({ rows: [first] }) => ({
      queryKey: ['resources', first?.id],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        read<ResourceView>(`resources/${encodeURIComponent(first?.id ?? '')}`, signal),
    })),
  });
  const described = new Map(kinds.map(({ key }, index) => [key, views[index]?.data?.described_scopes]));
  const isDescribed = pages.isSuccess && views.every(({ isPending }) => !isPending);
  return { pages, rows, kinds, scopesOf: ({ key }) => described.get(key), isDescribed };
}
