import type { AccessFilter } from '@valetkey/owner-contract';
import { toPages } from '../../sharing/wanted-pages.js';
import { saysYes } from '../../shell/address-words.js';

export const FILTERS: readonly AccessFilter[] = ['all', 'never_used', 'unused_90_days', 'no_end', 'ending_7_days'];

/** What the address of the screen says besides its path. */
export interface AccessSearch {
  readonly by?: 'resource';
  readonly show?: AccessFilter;
  readonly q?: string;
  readonly pages?: number;
  /** Id of the row whose way to the data is unfolded. */
  readonly open?: string;
  /** Id of the row that is being changed. */
  readonly change?: string;
  /** Whether what was removed lately is unfolded. */
  readonly removed?: true;
}

const LONGEST = 220;

/** Reads it; what is malformed is left out. */
export function toAccessSearch({ by, show, q, pages, open, change, removed }: Record<string, unknown>): AccessSearch {
  const filter = FILTERS.find((one) => one === show);
  return {
    ...(by === 'resource' && { by }),
    ...(filter && filter !== 'all' && { show: filter }),
    ...(isText(q) && { q }),
    ...toPages(pages),
    ...(isText(open) && { open }),
    ...(isText(change) && { change }),
    ...(saysYes(removed) && { removed: true as const }),
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST;
}
