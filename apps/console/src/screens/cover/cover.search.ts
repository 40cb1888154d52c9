/** What the address of the screen says besides its path. */
export interface CoverSearch {
  readonly q?: string;
}

/** Reads it; what is malformed is left out. */
export function toCoverSearch({ q }: Record<string, unknown>): CoverSearch {
  return { ...(typeof q === 'string' && q !== '' && { q }) };
}
