/** What the address of the screen says besides its path. */
export interface ApplicationSearch {
  readonly q?: string;
}

/** Reads it; what is malformed is left out. */
export function toApplicationSearch({ q }: Record<string, unknown>): ApplicationSearch {
  return { ...(typeof q === 'string' && q !== '' && { q }) };
}
