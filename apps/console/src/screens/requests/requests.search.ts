/** What the address of the screen says besides its path. */
export interface RequestsSearch {
  readonly q?: string;
}

/** Reads it; what is malformed is left out. */
export function toRequestsSearch({ q }: Record<string, unknown>): RequestsSearch {
  return { ...(typeof q === 'string' && q !== '' && { q }) };
}
