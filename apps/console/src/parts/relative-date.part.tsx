import { future, past } from '@valetkey/wording';
import { useWording } from '../language/wording.hook.js';
import { Words } from './words.part.js';

interface RelativeDateProps {
  /** ISO. */
  readonly at: string;
  /** Whether it is told of as something to come ("Sun 16 Aug 2026 (in 9 days)") or that was ("2 days ago (Fri 20 Nov 2026, 09:14)"). */
  readonly tense: 'future' | 'past';
}

const TELL = { future, past };

/** A date on its own, relative and absolute, never in a tooltip alone; in the words in which sentences tell it. */
export function RelativeDate({ at, tense }: RelativeDateProps) {
  return <Words of={[TELL[tense](at, useWording())]} />;
}
