/** What the address of the screen says besides its path. */
export interface AccessSearch {
  readonly q?: string;
}

/** Reads it; what is malformed is left out. */
export function toAccessSearch({ q }: Record<string, unknown>): AccessSearch {
  return { ...(typeof q === 'string' && q !== '' && { q }) };
}
