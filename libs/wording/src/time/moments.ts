import { messagesOf } from '../messages/messages-of.js';
import { fillParts } from '../parts/fill.js';
import type { Part, Parts } from '../parts/part.js';
import type { Moment, Reader } from '../reader.js';
import { instantOf, localeOf } from '../reader.js';
import { dateOf, daysBetween, isDayStart, lastDayBefore, offsetAt } from './calendar.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const UTC = 'UTC';
/** From so many days on a distance is told in weeks, in months, and in years; a month and a year in days. */
const [WEEKS_FROM, MONTHS_FROM, YEARS_FROM, MONTH, YEAR] = [14, 70, 730, 30.44, 365.25];

/** Making one is slow. Keys are few: languages times zones in use. */
const formats = new Map<string, Intl.DateTimeFormat>();
const MOST_FORMATS = 600;

function format(reader: Reader, what: 'day' | 'time', at: number): string {
  const zone = reader.zone ?? UTC;
  const key = `${what} ${reader.language} ${zone}`;
  const known = formats.get(key);
  if (known) return known.format(at);
  if (formats.size >= MOST_FORMATS) formats.clear();
  const made = new Intl.DateTimeFormat(localeOf(reader.language), {
    timeZone: zone,
    ...(what === 'day'
      ? { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }
      : { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
  });
  formats.set(key, made);
  return made.format(at);
}

/** "Sun 16 Aug 2026" */
export function dayText(moment: Moment, reader: Reader): string {
  return messagesOf(reader.language).time.day(format(reader, 'day', instantOf(moment)));
}

/** "09:14", and whose time that is where it is not the reader's own. */
export function timeText(moment: Moment, reader: Reader): string {
  const { time } = messagesOf(reader.language);
  const text = format(reader, 'time', instantOf(moment));
  const zone = zoneName(moment, reader);
  return zone === undefined ? text : time.timeIn(text, zone);
}

/** "Fri 20 Nov 2026, 09:14", for plain text. */
export function dayAndTimeText(moment: Moment, reader: Reader): string {
  return messagesOf(reader.language).time.dayAndTime(dayText(moment, reader), timeText(moment, reader));
}

/** The zone by its name where the reader would take a time for another; `undefined` where she would not. */
function zoneName(moment: Moment, { zone, readerZone, language }: Reader): string | undefined {
  if (zone === undefined) return UTC;
  const at = instantOf(moment);
  if (readerZone === undefined || offsetAt(at, zone) === offsetAt(at, readerZone)) return undefined;
  if (!zone.includes('/') || zone.startsWith('Etc/')) return zone;
  const place = zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
  return messagesOf(language).time.zone(place);
}

/** "in 9 hours", "2 days ago", "tomorrow": hours within a day, days within 14, weeks within ten, months within two years. */
export function relativeText(moment: Moment, reader: Reader): string {
  const at = instantOf(moment);
  const zone = reader.zone ?? UTC;
  const days = daysBetween(dateOf(reader.now, zone), dateOf(at, zone));
  return distanceText(at - reader.now, days, reader.language);
}

/** The distance to the end of a day is the distance to that day. */
function relativeEnd(at: number, reader: Reader): string {
  const zone = reader.zone ?? UTC;
  if (!isDayStart(at, zone)) return relativeText(at, reader);
  const days = daysBetween(dateOf(reader.now, zone), lastDayBefore(at, zone));
  return distanceText(at - reader.now, days, reader.language);
}

function distanceText(far: number, days: number, language: Reader['language']): string {
  const [always, auto] = (['always', 'auto'] as const).map(
    (numeric) => new Intl.RelativeTimeFormat(localeOf(language), { numeric }),
  ) as [Intl.RelativeTimeFormat, Intl.RelativeTimeFormat];
  const length = Math.abs(far);
  if (length < MINUTE) return far > 0 ? auto.format(0, 'second') : messagesOf(language).time.justNow;
  if (length < HOUR) return always.format(Math.trunc(far / MINUTE), 'minute');
  if (length < DAY) return always.format(Math.trunc(far / HOUR), 'hour');
  if (Math.abs(days) < WEEKS_FROM) return auto.format(days, 'day');
  if (Math.abs(days) < MONTHS_FROM) return always.format(Math.trunc(days / 7), 'week');
  if (Math.abs(days) < YEARS_FROM) return always.format(Math.trunc(days / MONTH), 'month');
  return always.format(Math.trunc(days / YEAR), 'year');
}

/** "in 4 minutes", for short waits: a wait of less than a minute is a minute. */
export function waitText(until: Moment, reader: Reader): string {
  const minutes = Math.max(1, Math.ceil((instantOf(until) - reader.now) / MINUTE));
  const [count, unit] = minutes < 90 ? ([minutes, 'minute'] as const) : ([Math.ceil(minutes / 60), 'hour'] as const);
  return new Intl.RelativeTimeFormat(localeOf(reader.language), { numeric: 'always' }).format(count, unit);
}

function timePart(at: number, text: string): Part {
  return { kind: 'time', text, at: new Date(at).toISOString() };
}

/** "Sun 16 Aug 2026 (in 9 days)": absolute first, for what is to come; with the time of day when it is within a day. */
export function future(moment: Moment, reader: Reader): Part {
  const { both } = messagesOf(reader.language).time;
  const at = instantOf(moment);
  const isNear = Math.abs(at - reader.now) < DAY;
  const absolute = isNear ? dayAndTimeText(at, reader) : dayText(at, reader);
  return timePart(at, both(absolute, relativeText(at, reader)));
}

/** "2 days ago (Fri 20 Nov 2026, 09:14)": relative first, for what has been; a clock that is behind takes nothing of it for to come. */
export function past(moment: Moment, reader: Reader): Part {
  const { both } = messagesOf(reader.language).time;
  const at = instantOf(moment);
  return timePart(at, both(relativeText(Math.min(at, reader.now), reader), dayAndTimeText(at, reader)));
}

/** A beginning: "Mon 3 Aug 2026 (in 5 days)", with the time of day where no day begins with it. */
export function start(moment: Moment, reader: Reader): Part {
  const { both } = messagesOf(reader.language).time;
  const at = instantOf(moment);
  const absolute = isDayStart(at, reader.zone ?? UTC) ? dayText(at, reader) : dayAndTimeText(at, reader);
  return timePart(at, both(absolute, relativeText(at, reader)));
}

/**
 * An end without how far it is: the last day that is included, "Sun 16 Aug 2026"; with the time of day where no day ends with it, and
 * with whose midnight it is where the reader would take it for another.
 */
export function endText(moment: Moment, reader: Reader): string {
  const { time } = messagesOf(reader.language);
  const at = instantOf(moment);
  if (!isDayStart(at, reader.zone ?? UTC)) return dayAndTimeText(at, reader);
  const day = dayText(at - 1, reader);
  const zone = zoneName(at, reader);
  return zone === undefined || reader.zone === undefined ? day : time.endOfDay(day, zone);
}

/** An end to come: "Sun 16 Aug 2026 (in 9 days)". */
export function end(moment: Moment, reader: Reader): Part {
  const at = instantOf(moment);
  return timePart(at, messagesOf(reader.language).time.both(endText(at, reader), relativeEnd(at, reader)));
}

/** "until Sun 16 Aug 2026 (in 9 days)", or that there is no end. */
export function until(moment: Moment | null | undefined, reader: Reader): Parts {
  const { time } = messagesOf(reader.language);
  if (moment === undefined || moment === null) return fillParts(() => time.noEnd);
  return fillParts(time.until, end(moment, reader));
}

/** "30 days", "7 months", "4 years": nobody counts more days than ten weeks have. */
function lengthText(days: number, language: Reader['language']): string {
  if (days <= MONTHS_FROM) return messagesOf(language).time.days(days);
  const [count, unit] = days < YEARS_FROM ? [days / MONTH, 'month'] : [days / YEAR, 'year'];
  return new Intl.NumberFormat(localeOf(language), { style: 'unit', unit, unitDisplay: 'long' }).format(
    Math.round(count),
  );
}

/** "until Sun 29 Nov 2026 (7 days)": of what is about to be given, with how long it lasts rather than how far its end is. */
export function lasting(
  span: { readonly from?: Moment | undefined; readonly until: Moment | null },
  reader: Reader,
): Parts {
  const { time } = messagesOf(reader.language);
  if (span.until === null) return until(null, reader);
  const [first, last] = [Math.max(instantOf(span.from ?? reader.now), reader.now), instantOf(span.until)];
  const zone = reader.zone ?? UTC;
  const whole = isDayStart(first, zone) && span.from !== undefined ? 1 : 0;
  const days = daysBetween(dateOf(first, zone), lastDayBefore(last, zone)) + whole;
  const length = days < 1 ? relativeEnd(last, reader) : lengthText(days, reader.language);
  return fillParts(time.until, timePart(last, time.both(endText(last, reader), length)));
}

/** "from today", "from Mon 3 Aug 2026 (in 5 days)" */
export function from(moment: Moment | undefined, reader: Reader): Parts {
  const { time } = messagesOf(reader.language);
  if (moment === undefined || instantOf(moment) <= reader.now) return fillParts(time.from, time.today);
  return fillParts(time.from, start(moment, reader));
}

/** "starts Mon 3 Aug 2026 (in 5 days)" */
export function startsText(moment: Moment, reader: Reader): Parts {
  return fillParts(messagesOf(reader.language).time.starts, start(moment, reader));
}

/** "next ends in 9 days (Tue 1 Dec 2026)": relative first, in a list. */
export function nextEnds(moment: Moment, reader: Reader): Parts {
  const { time } = messagesOf(reader.language);
  const at = instantOf(moment);
  const text = time.both(relativeEnd(at, reader), endText(at, reader));
  return fillParts(time.nextEnds, timePart(at, text));
}

/** "Used 2 days ago (Fri 20 Nov 2026, 09:14)", or that it never was. */
export function lastUsed(moment: Moment | undefined, reader: Reader): Parts {
  const { time } = messagesOf(reader.language);
  return moment === undefined ? fillParts(() => time.neverUsed) : fillParts(time.used, past(moment, reader));
}

/** "given 2 weeks ago (Sat 7 Nov 2026, 10:00)" */
export function given(moment: Moment, reader: Reader): Parts {
  return fillParts(messagesOf(reader.language).time.given, past(moment, reader));
}
