/** What the address of the screen says besides its path. */
export interface StopSearch {
  readonly q?: string;
}

/** Reads it; what is malformed is left out. */
export function toStopSearch({ q }: Record<string, unknown>): StopSearch {
  return { ...(typeof q === 'string' && q !== '' && { q }) };
}
