/** The language in its own words: "Deutsch". */
export function languageName(language: string): string {
  const name = new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
}

/** Zones of one part of the world. */
export interface ZoneGroup {
  /** As it is called in names of zones: "Europe"; empty for those that name none. */
  readonly region: string;
  readonly zones: readonly string[];
}

/** Zones that this browser knows, and the present one whatever it is, by part of the world; in order of their places. */
export function zoneGroups(present: string | null): readonly ZoneGroup[] {
  const known = Intl.supportedValuesOf('timeZone');
  const all = present === null || known.includes(present) ? known : [present, ...known];
  const groups = new Map<string, string[]>();
  for (const zone of all) {
    const region = zone.includes('/') ? zone.slice(0, zone.indexOf('/')) : '';
    groups.set(region, [...(groups.get(region) ?? []), zone]);
  }
  return [...groups].map(([region, zones]) => ({ region, zones }));
}

/** The place that a zone is named after: what she types to find it in a list. "Europe/Berlin" is "Berlin". */
export function placeOf(zone: string): string {
  return zone
    .slice(zone.indexOf('/') + 1)
    .replaceAll('_', ' ')
    .replaceAll('/', ', ');
}
