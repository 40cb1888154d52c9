import type { SharingRules } from '@valetkey/owner-contract';
import type { CalendarDate, Reader } from '@valetkey/wording';
import { dateOf, daysBetween, endOfDay, isCalendarDate, lastDayBefore, lastDayOf, startOfDay } from '@valetkey/wording';

/** What the chip that is chosen means: so many days, what was proposed, two dates of her own, or no end. */
export type DurationChip = `${number}` | 'proposed' | 'dates' | 'no_end';

/** How long something is to last, as it is chosen; `first` and `last` count for `dates` alone. */
export interface Duration {
  readonly chip: DurationChip;
  readonly first: CalendarDate | '';
  readonly last: CalendarDate | '';
}

/** ISO instants; `until` is exclusive. */
export interface Span {
  readonly from?: string;
  readonly until: string | null;
}

export type DurationProblem = 'no_last_day' | 'last_day_first' | 'last_day_past' | 'too_long';

const USUAL_DAYS = [1, 7, 14, 30];

/** Days that chips offer: the usual ones and her own, none longer than the operator allows. */
export function daysOffered(own: number, rules: SharingRules): number[] {
  const days = [...new Set([...USUAL_DAYS, usualDays(own, rules)])].sort((one, other) => one - other);
  const { longest_days: longest } = rules;
  return days.filter((count) => longest === null || count <= longest);
}

/** The one that is chosen beforehand: her own, or the longest allowed when that is less. */
export function usualDays(own: number, { longest_days: longest }: SharingRules): number {
  return longest === null ? own : Math.min(own, longest);
}

interface Frame {
  readonly reader: Pick<Reader, 'now' | 'zone'>;
  readonly rules: SharingRules;
  readonly proposed?: Span | undefined;
}

/** From when until when, or what is wrong with the choice. Days are those of the owner's zone, and the last one is included. */
export function spanOf({ chip, first, last }: Duration, frame: Frame): Span | DurationProblem {
  const { reader, proposed } = frame;
  const zone = reader.zone ?? 'UTC';
  switch (chip) {
    case 'no_end':
      return { until: null };
    case 'proposed':
      return proposed ?? { until: null };
    case 'dates':
      return spanOfDates(first, last, { ...frame, zone });
    default:
      return { until: isoOf(endOfDay(lastDayOf(Number(chip), reader.now, zone), zone)) };
  }
}

function spanOfDates(
  first: CalendarDate | '',
  last: CalendarDate | '',
  { reader: { now }, rules: { longest_days: longest }, zone }: Frame & { readonly zone: string },
): Span | DurationProblem {
  if (!isCalendarDate(last)) return 'no_last_day';
  const today = dateOf(now, zone);
  const begin = isCalendarDate(first) && first > today ? first : today;
  if (last < today) return 'last_day_past';
  if (last < begin) return 'last_day_first';
  if (longest !== null && daysBetween(begin, last) > longest) return 'too_long';
  const until = isoOf(endOfDay(last, zone));
  return begin > today ? { from: isoOf(startOfDay(begin, zone)), until } : { until };
}

function isoOf(instant: number): string {
  return new Date(instant).toISOString();
}

/** The dates of a span, for the fields: what they begin with when she wants to choose dates herself. */
export function datesOf({ from, until }: Span, zone: string): Pick<Duration, 'first' | 'last'> {
  return {
    first: from === undefined ? '' : dateOf(Date.parse(from), zone),
    last: until === null ? '' : lastDayBefore(Date.parse(until), zone),
  };
}
