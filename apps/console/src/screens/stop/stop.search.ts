/** What the address of the screen says besides its path. */
export interface StopSearch {
  /** Handle of the one whose access is to be ended; everybody's otherwise. */
  readonly subject?: string;
}

/** Reads it; what is malformed is left out. */
export function toStopSearch({ subject }: Record<string, unknown>): StopSearch {
  return typeof subject === 'string' && subject !== '' ? { subject } : {};
}
