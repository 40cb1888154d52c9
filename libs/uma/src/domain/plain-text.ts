import { inOneLine } from '@valetkey/shown-text';

const LONGEST_NAME = 200;
const LONGEST_REASON = 300;

/** What others call a person, in one line that can be shown anywhere (IR-40). */
export function personName(text: string): string {
  return [...inOneLine(text)].slice(0, LONGEST_NAME).join('');
}

/** What others say why, in one line that can be shown anywhere; `undefined` where they say nothing. */
export function plainReason(text: string | undefined): string | undefined {
  const line = inOneLine(text ?? '').trim();
  return line === '' ? undefined : [...line].slice(0, LONGEST_REASON).join('');
}
