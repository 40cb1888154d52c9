/** A day of the calendar, `2026-08-16`: what a native date field holds. */
export type CalendarDate = string;

const DAY = 86_400_000;

/** Making one is slow, and few zones are in use at a time. */
const MOST_FORMATS = 600;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  if (formats.size >= MOST_FORMATS) formats.clear();
  formats.set(zone, format);
  return format;
}

/** What clocks of the zone show at the instant, as if it were UTC; whole seconds. */
function wallOf(instant: number, zone: string): number {
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) shown[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** How far clocks of the zone are ahead of UTC at the instant, in milliseconds. */
export function offsetAt(instant: number, zone: string): number {
  return wallOf(instant, zone) - Math.floor(instant / 1000) * 1000;
}

/** The day on which an instant falls in a zone. @throws RangeError for a zone that does not exist */
export function dateOf(instant: number, zone: string): CalendarDate {
  return new Date(wallOf(instant, zone)).toISOString().slice(0, 10);
}

/** The day so many days later, or earlier. */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(midnightOf(date) + days * DAY).toISOString().slice(0, 10);
}

/** Days from one to the other; negative when the other is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((midnightOf(to) - midnightOf(from)) / DAY);
}

/** Whether it is a day that exists. */
export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const midnight = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(text);
}

/** @throws RangeError for what is no day */
function midnightOf(date: CalendarDate): number {
  if (!isCalendarDate(date)) throw new RangeError('not a day of the calendar');
  return Date.parse(`${date}T00:00:00Z`);
}

/**
 * The first instant of a day in a zone: midnight, or where clocks leap over it the moment they leap to; of two midnights the first.
 * @throws RangeError for a day or a zone that does not exist
 */
export function startOfDay(date: CalendarDate, zone: string): number {
  const midnight = midnightOf(date);
  const [before, after] = [offsetAt(midnight - DAY, zone), offsetAt(midnight + DAY, zone)];
  const found = [midnight - Math.max(before, after), midnight - Math.min(before, after)].find(
    (instant) => wallOf(instant, zone) === midnight,
  );
  return found ?? leapOver(midnight, zone, [midnight - after, midnight - before]);
}

/** The moment at which clocks that go forward pass the given time of day, between two instants. */
function leapOver(wall: number, zone: string, [from, to]: readonly [number, number]): number {
  let [low, high] = [Math.min(from, to) - 1000, Math.max(from, to)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (wallOf(middle, zone) >= wall) high = middle;
    else low = middle;
  }
  return high;
}

/** The instant at which a day that is included is over: the first of the next day. Ends are exclusive. */
export function endOfDay(date: CalendarDate, zone: string): number {
  return startOfDay(addDays(date, 1), zone);
}

/** The last day of something that is over at `until`: what was chosen when `until` is its {@link endOfDay}. */
export function lastDayBefore(until: number, zone: string): CalendarDate {
  return dateOf(until - 1, zone);
}

/** The last day of so many days from now: a week from a Sunday ends with the next Sunday. */
export function lastDayOf(days: number, now: number, zone: string): CalendarDate {
  return addDays(dateOf(now, zone), days);
}

/** Whether a day of the zone begins at the instant. */
export function isDayStart(instant: number, zone: string): boolean {
  return startOfDay(dateOf(instant, zone), zone) === instant;
}
