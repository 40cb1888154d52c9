import { saysYes } from '../../shell/address-words.js';

/** What the address of the screen says besides its path. */
export interface GrantSearch {
  /** Whether it is being changed. */
  readonly change?: true;
}

/** Reads it; what is malformed is left out. */
export function toGrantSearch({ change }: Record<string, unknown>): GrantSearch {
  return saysYes(change) ? { change: true } : {};
}
