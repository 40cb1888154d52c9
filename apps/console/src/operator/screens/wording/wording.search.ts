/** What the address of the list says besides its path. */
export interface WordingSearch {
  readonly q?: string;
  /** Those alone that owners cannot give yet. */
  readonly state?: 'lacking';
}

/** Reads it; what is malformed is left out. */
export function toWordingSearch({ q, state }: Record<string, unknown>): WordingSearch {
  return {
    ...(typeof q === 'string' && q !== '' && { q: q.slice(0, 100) }),
    ...(state === 'lacking' && { state }),
  };
}
