/** What the address of the screen says besides its path. */
export interface SharedWithMeSearch {
  readonly q?: string;
}

/** Reads it; what is malformed is left out. */
export function toSharedWithMeSearch({ q }: Record<string, unknown>): SharedWithMeSearch {
  return { ...(typeof q === 'string' && q !== '' && { q }) };
}
