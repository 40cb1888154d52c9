import { toPages } from '../../sharing/wanted-pages.js';

/** What the address of the screen says besides its path. */
export interface SharedWithMeSearch {
  readonly pages?: number;
}

/** Reads it; what is malformed is left out. */
export function toSharedWithMeSearch({ pages }: Record<string, unknown>): SharedWithMeSearch {
  return toPages(pages);
}
