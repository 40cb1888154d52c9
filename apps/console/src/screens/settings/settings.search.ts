/** What the address of the screen says besides its path. */
export interface SettingsSearch {
  readonly q?: string;
}

/** Reads it; what is malformed is left out. */
export function toSettingsSearch({ q }: Record<string, unknown>): SettingsSearch {
  return { ...(typeof q === 'string' && q !== '' && { q }) };
}
