import type { Instant } from '@valetkey/kernel';
import type { Html } from './html.js';
import { html } from './html.js';

/** What a page needs to speak about time. */
export interface TimeFrame {
  readonly now: Instant;
  /** IANA name of the reader's zone; without it times are in UTC and say so. */
  readonly zone?: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const MONTH = 30.44 * DAY;

/** From which distance on a unit is used: hours within a day, days within 14, weeks within ten, then months. */
const UNITS: readonly { readonly from: number; readonly unit: Intl.RelativeTimeFormatUnit; readonly length: number }[] =
  [
    { from: 10 * WEEK, unit: 'month', length: MONTH },
    { from: 14 * DAY, unit: 'week', length: WEEK },
    { from: DAY, unit: 'day', length: DAY },
    { from: HOUR, unit: 'hour', length: HOUR },
    { from: 0, unit: 'minute', length: MINUTE },
  ];

function distance(at: Instant, now: Instant, locale: string): string {
  const far = Math.abs(at - now);
  if (far < MINUTE) return new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(0, 'second');
  const { unit, length } = UNITS.find(({ from }) => far >= from) ?? { unit: 'minute', length: MINUTE };
  const count = Math.trunc((at - now) / length);
  return new Intl.RelativeTimeFormat(locale, { numeric: unit === 'day' ? 'auto' : 'always' }).format(count, unit);
}

/** British order within English: the month stands between day and year. */
const REGION: Readonly<Record<string, string>> = { en: 'en-GB' };

function absolute(at: Instant, { zone }: TimeFrame, locale: string, withTime: boolean): string {
  const date = new Intl.DateTimeFormat(REGION[locale] ?? locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    ...(withTime && { hour: '2-digit', minute: '2-digit', timeZoneName: zone === undefined ? 'short' : undefined }),
    timeZone: zone ?? 'UTC',
  });
  return date.format(at);
}

/** "Sun, 16 Aug 2026 (in 9 days)": absolute first, for what is to come. */
export function future(at: Instant, time: TimeFrame, locale: string): Html {
  const near = Math.abs(at - time.now) < DAY;
  const text = `${absolute(at, time, locale, near)} (${distance(at, time.now, locale)})`;
  return html`<time datetime="${new Date(at).toISOString()}">${text}</time>`;
}

/** "2 days ago (Fri, 20 Nov 2026, 09:14)": relative first, for what has been. */
export function past(at: Instant, time: TimeFrame, locale: string): Html {
  const text = `${distance(at, time.now, locale)} (${absolute(at, time, locale, true)})`;
  return html`<time datetime="${new Date(at).toISOString()}">${text}</time>`;
}

/** "Fri, 20 Nov 2026, 09:14", for plain text. */
export function dateAndTime(at: Instant, time: TimeFrame, locale: string): string {
  return absolute(at, time, locale, true);
}

/** "in 4 minutes", for short waits: a wait of less than a minute is a minute. */
export function wait(until: Instant, { now }: TimeFrame, locale: string): string {
  const minutes = Math.max(1, Math.ceil((until - now) / MINUTE));
  const [count, unit] = minutes < 90 ? ([minutes, 'minute'] as const) : ([Math.ceil(minutes / 60), 'hour'] as const);
  return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(count, unit);
}
