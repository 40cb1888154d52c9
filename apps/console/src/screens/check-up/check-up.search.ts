/** What the address of the screen says besides its path. */
export interface CheckUpSearch {
  readonly q?: string;
}

/** Reads it; what is malformed is left out. */
export function toCheckUpSearch({ q }: Record<string, unknown>): CheckUpSearch {
  return { ...(typeof q === 'string' && q !== '' && { q }) };
}
