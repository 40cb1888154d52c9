import type { Language } from '../language/language.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

const UNITS: readonly (readonly [from: number, unit: Intl.RelativeTimeFormatUnit, length: number])[] = [
  [10 * WEEK, 'month', 30.44 * DAY],
  [14 * DAY, 'week', WEEK],
  [DAY, 'day', DAY],
  [HOUR, 'hour', HOUR],
  [MINUTE, 'minute', MINUTE],
  [0, 'second', Number.POSITIVE_INFINITY],
];

interface DateFrame {
  readonly now: number;
  readonly tense: 'future' | 'past';
  readonly language: Language;
  readonly timeZone: string;
}

/** Relative and absolute, in the order of the tense. */
export function dateText(at: number, { now, tense, language, timeZone }: DateFrame): string {
  const far = at - now;
  const [, unit, length] = UNITS.find(([from]) => Math.abs(far) >= from) ?? [0, 'second', Number.POSITIVE_INFINITY];
  const numeric = unit === 'day' || unit === 'second' ? 'auto' : 'always';
  const relative = new Intl.RelativeTimeFormat(language, { numeric }).format(Math.trunc(far / length) + 0, unit);
  const withTime = tense === 'past' || Math.abs(far) < DAY;
  const absolute = new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(withTime && { hour: '2-digit', minute: '2-digit' }),
    timeZone,
  }).format(at);
  return tense === 'future' ? `${absolute} (${relative})` : `${relative} (${absolute})`;
}
