import type { Instant } from '@valetkey/kernel';
import type { Language } from '@valetkey/wording';
import * as wording from '@valetkey/wording';
import type { Html } from './html.js';
import { partsHtml } from './sentence.js';

/** What a page needs to speak about time. */
export interface TimeFrame {
  readonly now: Instant;
  /** IANA name of the reader's zone; without it times are in UTC and say so. */
  readonly zone?: string;
}

/** "Sun 16 Aug 2026 (in 9 days)": absolute first, for what is to come. */
export function future(at: Instant, time: TimeFrame, language: Language): Html {
  return partsHtml([wording.future(at, { ...time, language })]);
}

const DAY = 86_400_000;

/** The day that is so many days from now. */
export function inDays(days: number, time: TimeFrame, language: Language): Html {
  return future(time.now + days * DAY, time, language);
}

/** "2 days ago (Fri 20 Nov 2026, 09:14)": relative first, for what has been. */
export function past(at: Instant, time: TimeFrame, language: Language): Html {
  return partsHtml([wording.past(at, { ...time, language })]);
}

/** "Fri 20 Nov 2026, 09:14", for plain text. */
export function dateAndTime(at: Instant, time: TimeFrame, language: Language): string {
  return wording.dayAndTimeText(at, { ...time, language });
}

/** "in 4 minutes", for short waits: a wait of less than a minute is a minute. */
export function wait(until: Instant, time: TimeFrame, language: Language): string {
  return wording.waitText(until, { ...time, language });
}
