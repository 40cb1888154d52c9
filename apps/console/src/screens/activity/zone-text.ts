import type { Language } from '../../language/language.js';

/** A zone as people call it: "Central European Standard Time (Berlin)". */
export function zoneText(
  zone: string,
  { language, now }: { readonly language: Language; readonly now: number },
): string {
  const format = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    timeZone: zone,
    timeZoneName: 'long',
  });
  const name = format.formatToParts(now).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  if (!zone.includes('/')) return name;
  return `${name} (${zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ')})`;
}
