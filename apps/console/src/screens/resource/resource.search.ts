/** What the address of the screen says besides its path. */
export interface ResourceSearch {
  readonly q?: string;
}

/** Reads it; what is malformed is left out. */
export function toResourceSearch({ q }: Record<string, unknown>): ResourceSearch {
  return { ...(typeof q === 'string' && q !== '' && { q }) };
}
