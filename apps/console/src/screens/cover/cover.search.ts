/** What the address of the screen says besides its path. */
export interface CoverSearch {
  /** Words by which the resources are searched. */
  readonly q?: string;
  /** What would be handed over is shown; back leads to the form. */
  readonly step?: 'review';
}

/** Reads it; what is malformed is left out. */
export function toCoverSearch({ q, step }: Record<string, unknown>): CoverSearch {
  return { ...(typeof q === 'string' && q !== '' && { q }), ...(step === 'review' && { step }) };
}
