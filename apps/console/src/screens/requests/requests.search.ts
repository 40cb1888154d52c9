import { toPages } from '../../sharing/wanted-pages.js';

/** What the address of the screen says besides its path. */
export interface RequestsSearch {
  readonly show?: 'answered';
  readonly pages?: number;
}

/** Reads it; what is malformed is left out. */
export function toRequestsSearch({ show, pages }: Record<string, unknown>): RequestsSearch {
  return { ...(show === 'answered' && { show }), ...toPages(pages) };
}
