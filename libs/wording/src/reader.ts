/** Languages that sentences are written in. */
export type Language = 'en' | 'de';

export const LANGUAGES: readonly Language[] = ['en', 'de'];

/** Who reads, when, and in which days she counts. */
export interface Reader {
  readonly language: Language;
  /** Epoch milliseconds. */
  readonly now: number;
  /** IANA name of the zone in which days begin and end: the owner's. Without it days are those of UTC, and times say so. */
  readonly zone?: string;
  /** Zone of the reader, where it may be another than that of the owner: times then say whose they are. */
  readonly readerZone?: string;
  /** Handle of the reader: what she did herself is told as "you". */
  readonly self?: string;
}

/** The same reader before an end of somebody else, who counts in the days of her own zone; a zone nobody knows changes nothing. */
export function inDaysOf(zone: string | undefined, reader: Reader): Reader {
  if (zone === undefined || !isKnown(zone)) return reader;
  return { ...reader, zone, readerZone: reader.readerZone ?? reader.zone ?? 'UTC' };
}

function isKnown(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** An instant: epoch milliseconds, or ISO as the wire has it. */
export type Moment = number | string;

export function instantOf(moment: Moment): number {
  return typeof moment === 'number' ? moment : Date.parse(moment);
}

/** British order within English: the month stands between day and year. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de' };

/** The tag by which `Intl` formats dates, lists and numbers of a language. */
export function localeOf(language: Language): string {
  return LOCALES[language];
}
