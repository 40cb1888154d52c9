import type { HandoverDraft, SubjectView } from '@valetkey/owner-contract';
import type { CalendarDate } from '@valetkey/wording';
import { addDays, dateOf, daysBetween, endOfDay, isCalendarDate, startOfDay } from '@valetkey/wording';
import type { Chosen } from '../../resource-choice/resource-choice.part.js';

/** What the form holds. */
export interface CoverForm {
  readonly person?: SubjectView;
  /** Absent: nobody has touched it, and what binds her is chosen. */
  readonly chosen?: Chosen;
  readonly first: CalendarDate;
  readonly last: CalendarDate;
  readonly allow: HandoverDraft['allow'];
  readonly note: string;
}

interface Frame {
  readonly now: number;
  readonly zone: string;
  /** Longest that the operator allows, in days; `null`: any. */
  readonly longestDays: number | null;
}

export type CoverProblem =
  'noPerson' | 'nothingChosen' | 'tooMany' | 'noFirst' | 'noLast' | 'lastPassed' | 'lastBeforeFirst' | 'tooLong';

/** As many as one handover holds. */
export const MOST_RESOURCES = 200;

/** Nobody yet; from today on. */
export function emptyForm(now: number, zone: string): CoverForm {
  return { first: dateOf(now, zone), last: '', allow: 'act', note: '' };
}

/** What is missing or wrong, by the part of the form, in its order. */
export function problemsOf(form: CoverForm, chosen: Chosen, frame: Frame): Partial<Record<CoverPart, CoverProblem>> {
  const count = Object.keys(chosen).length;
  const dates = datesProblem(form, frame);
  return {
    ...(!form.person && { person: 'noPerson' }),
    ...(count === 0 && { resources: 'nothingChosen' }),
    ...(count > MOST_RESOURCES && { resources: 'tooMany' }),
    ...dates,
  };
}

export type CoverPart = 'person' | 'resources' | 'first' | 'last';

function datesProblem(
  { first, last }: CoverForm,
  { now, zone, longestDays }: Frame,
): Partial<Record<'first' | 'last', CoverProblem>> {
  if (!isCalendarDate(first)) return { first: 'noFirst' };
  if (!isCalendarDate(last)) return { last: 'noLast' };
  const today = dateOf(now, zone);
  if (last < today) return { last: 'lastPassed' };
  if (last < first) return { last: 'lastBeforeFirst' };
  if (longestDays !== null && daysBetween(today, last) > longestDays) return { last: 'tooLong' };
  return {};
}

/** The last day that may be chosen; `undefined`: any. */
export function latestDay({ now, zone, longestDays }: Frame): CalendarDate | undefined {
  return longestDays === null ? undefined : addDays(dateOf(now, zone), longestDays);
}

/** What goes to the server: days become instants of her zone, the last one included; from now on when the first is today. */
export function draftOf(form: CoverForm, chosen: Chosen, { now, zone }: Pick<Frame, 'now' | 'zone'>): HandoverDraft {
  const note = form.note.trim();
  return {
    subject: form.person?.id ?? '',
    resource_ids: Object.keys(chosen),
    allow: form.allow,
    ...(form.first > dateOf(now, zone) && { from: new Date(startOfDay(form.first, zone)).toISOString() }),
    until: new Date(endOfDay(form.last, zone)).toISOString(),
    ...(note !== '' && { note }),
  };
}
