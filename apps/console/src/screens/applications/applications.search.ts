/** What the address of the screen says besides its path. */
export interface ApplicationsSearch {
  /** Words of the name or the publisher. */
  readonly q?: string;
}

/** Reads it; what is malformed is left out. */
export function toApplicationsSearch({ q }: Record<string, unknown>): ApplicationsSearch {
  return { ...(typeof q === 'string' && q !== '' && { q }) };
}
