import { dayText, durationText } from '@valetkey/wording';
import type { Language } from '../../language/language.js';
import type { AnswerContent, AnswerFrame, Drafted } from './answer-draft.js';
import type { REQUESTS } from './requests.messages.js';

interface TextFrame {
  readonly texts: Pick<(typeof REQUESTS)['en'], 'approve' | 'approveFor' | 'approveUntil' | 'approveNoEnd'>;
  readonly frame: AnswerFrame;
  readonly language: Language;
}

/** What the button says: what happens, and for how long. */
export function approveText({ chip }: AnswerContent, { span }: Drafted, { texts, frame, language }: TextFrame): string {
  if (typeof span === 'string') return texts.approve;
  if (span.until === null) return texts.approveNoEnd;
  if (chip !== 'dates' && chip !== 'proposed') return texts.approveFor(durationText(Number(chip), language));
  return texts.approveUntil(dayText(Date.parse(span.until) - 1, { ...frame.reader, language }));
}
