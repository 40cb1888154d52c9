import type { ShareAddress } from '../../share/share-address.js';
import { toShareAddress } from '../../share/share-address.js';
import { toPages } from '../../sharing/wanted-pages.js';

/** What the address of the screen says besides its path. */
export interface ResourceSearch extends ShareAddress {
  /** Id of the access that is being changed. */
  readonly change?: string;
  readonly pages?: number;
}

/** Reads it; what is malformed is left out. */
export function toResourceSearch({ change, pages, share }: Record<string, unknown>): ResourceSearch {
  return {
    ...(typeof change === 'string' && change !== '' && { change }),
    ...toPages(pages),
    ...toShareAddress(share),
  };
}
