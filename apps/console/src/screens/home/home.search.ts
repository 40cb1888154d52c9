import type { ResourceFilter } from '@valetkey/owner-contract';
import type { ShareAddress } from '../../share/share-address.js';
import { toShareAddress } from '../../share/share-address.js';
import { toPages } from '../../sharing/wanted-pages.js';

export const RESOURCE_FILTERS = ['all', 'shared', 'private', 'ending', 'starred'] as const satisfies ResourceFilter[];
const MOST_PAGES = 100;

/** What the address of the screen says besides its path. */
export interface HomeSearch extends ShareAddress {
  readonly q?: string;
  readonly show?: Exclude<ResourceFilter, 'all'>;
  readonly label?: string;
  /** How the list is grouped; by service when it is not said. */
  readonly by?: 'label';
  /** How many pages of the list are open; one when it is not said. */
  readonly pages?: number;
}

/** Reads it; what is malformed is left out. */
export function toHomeSearch({ q, show, label, by, pages, share }: Record<string, unknown>): HomeSearch {
  const filter = RESOURCE_FILTERS.find((one) => one === show);
  return {
    ...(typeof q === 'string' && q !== '' && { q }),
    ...(filter && filter !== 'all' && { show: filter }),
    ...(typeof label === 'string' && label !== '' && { label }),
    ...(by === 'label' && { by }),
    ...toPages(pages, MOST_PAGES),
    ...toShareAddress(share),
  };
}
