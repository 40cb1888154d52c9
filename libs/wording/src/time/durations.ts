import { messagesOf } from '../messages/messages-of.js';
import type { Language } from '../reader.js';

const [WEEK, MOST_WEEKS, YEAR] = [7, 4, 365];

/** A length of time as people say it: "1 day", "1 week", "2 weeks", "30 days", "1 year". */
export function durationText(days: number, language: Language): string {
  const { time } = messagesOf(language);
  if (days % YEAR === 0 && days > 0) return time.years(days / YEAR);
  if (days % WEEK === 0 && days > 0 && days / WEEK <= MOST_WEEKS) return time.weeks(days / WEEK);
  return time.days(days);
}
