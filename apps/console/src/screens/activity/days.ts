import type { ActivityRow } from '@valetkey/owner-contract';
import type { CalendarDate } from '@valetkey/wording';
import { dateOf } from '@valetkey/wording';

export interface Day {
  readonly date: CalendarDate;
  readonly rows: readonly ActivityRow[];
}

/** Rows by the days of the owner's calendar, in their order. */
export function daysOf(rows: readonly ActivityRow[], zone: string): readonly Day[] {
  const days: { date: CalendarDate; rows: ActivityRow[] }[] = [];
  for (const row of rows) {
    const date = dateOf(Date.parse(row.at), zone);
    const last = days.at(-1);
    if (last?.date === date) last.rows.push(row);
    else days.push({ date, rows: [row] });
  }
  return days;
}
