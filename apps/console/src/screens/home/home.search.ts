import type { ResourceFilter } from '@valetkey/owner-contract';

const FILTERS: readonly ResourceFilter[] = ['all', 'shared', 'private', 'ending', 'starred'];

/** What the address of the screen says besides its path. */
export interface HomeSearch {
  readonly q?: string;
  readonly show?: ResourceFilter;
}

/** Reads it; what is malformed is left out. */
export function toHomeSearch({ q, show }: Record<string, unknown>): HomeSearch {
  const filter = FILTERS.find((one) => one === show);
  return { ...(typeof q === 'string' && q !== '' && { q }), ...(filter && filter !== 'all' && { show: filter }) };
}
