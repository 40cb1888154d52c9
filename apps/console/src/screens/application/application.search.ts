/** What the address of the screen says besides its path. */
export interface ApplicationSearch {
  /** Words by which the resources are searched. */
  readonly q?: string;
}

/** Reads it; what is malformed is left out. */
export function toApplicationSearch({ q }: Record<string, unknown>): ApplicationSearch {
  return { ...(typeof q === 'string' && q !== '' && { q }) };
}
