/** Stands for the resources that are chosen on the screen, rather than for the id of one. */
export const SEVERAL = 'several';

/** What an address says of the share dialog: on what it is open. */
export interface ShareAddress {
  /** Id of a resource, or {@link SEVERAL}. */
  readonly share?: string;
}

/** Reads it; what is malformed is left out. */
export function toShareAddress(share: unknown): ShareAddress {
  return typeof share === 'string' && share !== '' ? { share } : {};
}
