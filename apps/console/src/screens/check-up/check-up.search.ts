/** What the address of the screen says besides its path. */
export interface CheckUpSearch {
  /** Id of the access that is looked at; the first one that is not answered otherwise. */
  readonly item?: string;
}

/** Reads it; what is malformed is left out. */
export function toCheckUpSearch({ item }: Record<string, unknown>): CheckUpSearch {
  return typeof item === 'string' && item !== '' ? { item } : {};
}
