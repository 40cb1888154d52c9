/** What the address of the screen says besides its path. */
export interface ActivitySearch {
  readonly q?: string;
}

/** Reads it; what is malformed is left out. */
export function toActivitySearch({ q }: Record<string, unknown>): ActivitySearch {
  return { ...(typeof q === 'string' && q !== '' && { q }) };
}
