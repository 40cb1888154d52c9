import type { ResourceFilter } from '@valetkey/owner-contract';
import type { ShareAddress } from '../../share/share-address.js';
import { toShareAddress } from '../../share/share-address.js';

export const RESOURCE_FILTERS = ['all', 'shared', 'private', 'ending', 'starred'] as const satisfies ResourceFilter[];
const MOST_PAGES = 100;

/** What the address of the screen says besides its path. */
export interface HomeSearch extends ShareAddress {
  readonly q?: string;
  readonly show?: Exclude<ResourceFilter, 'all'>;
  readonly label?: string;
  /** How many pages of the list are open; one when it is not said. */
  readonly pages?: number;
}

/** Reads it; what is malformed is left out. */
export function toHomeSearch({ q, show, label, pages, share }: Record<string, unknown>): HomeSearch {
  const filter = RESOURCE_FILTERS.find((one) => one === show);
  return {
    ...(typeof q === 'string' && q !== '' && { q }),
    ...(filter && filter !== 'all' && { show: filter }),
    ...(typeof label === 'string' && label !== '' && { label }),
    ...(isMany(pages) && { pages }),
    ...toShareAddress(share),
  };
}

function isMany(pages: unknown): pages is number {
  return Number.isInteger(pages) && (pages as number) > 1 && (pages as number) <= MOST_PAGES;
}
