/** The language in its own words: "Deutsch". */
export function languageName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** Zones that this browser knows, and the present one whatever it is. */
export function timeZones(present: string | null): readonly string[] {
  const known = Intl.supportedValuesOf('timeZone');
  return present === null || known.includes(present) ? known : [present, ...known];
}
