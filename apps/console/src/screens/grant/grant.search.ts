/** What the address of the screen says besides its path. */
export interface GrantSearch {
  readonly q?: string;
}

/** Reads it; what is malformed is left out. */
export function toGrantSearch({ q }: Record<string, unknown>): GrantSearch {
  return { ...(typeof q === 'string' && q !== '' && { q }) };
}
