import type { Reader } from '@valetkey/wording';
import { dateOf, daysBetween, lastDayBefore } from '@valetkey/wording';

const USUAL_DAYS = [1, 7, 14, 30, 90];

/** Days from today that end earlier than the present end; none where it is near already. @param until - ISO; absent: no end */
export function shorterDays(
  until: string | undefined,
  {
    reader: { now, zone = 'UTC' },
    longest,
  }: { readonly reader: Pick<Reader, 'now' | 'zone'>; readonly longest: number | null },
): readonly number[] {
  const left =
    until === undefined
      ? Number.POSITIVE_INFINITY
      : daysBetween(dateOf(now, zone), lastDayBefore(Date.parse(until), zone));
  return USUAL_DAYS.filter((days) => days < left && (longest === null || days <= longest));
}
