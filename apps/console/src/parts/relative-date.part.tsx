import { useReader } from '../language/language.hook.js';
import { dateText } from './date-text.js';
import { useNow } from './now.hook.js';

interface RelativeDateProps {
  /** ISO. */
  readonly at: string;
  /** Whether it is told of as something to come ("Sun, 16 Aug 2026 (in 9 days)") or that was ("2 days ago (Fri, 20 Nov 2026, 09:14)"). */
  readonly tense: 'future' | 'past';
}

/** A date, relative and absolute, never in a tooltip alone. */
export function RelativeDate({ at, tense }: RelativeDateProps) {
  const { language, timeZone } = useReader();
  return <time dateTime={at}>{dateText(Date.parse(at), { now: useNow(), tense, language, timeZone })}</time>;
}
