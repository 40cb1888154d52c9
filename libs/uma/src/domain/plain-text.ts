const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const UNPRINTABLE = /[\p{Cc}\p{Cs}]/gu;
const LONGEST_NAME = 200;
const LONGEST_REASON = 300;

/** Text of others without the controls that reorder what surrounds them (FedAuthz section 7). */
export function withoutBidiControls(text: string): string {
  return text.replace(BIDI_CONTROLS, '');
}

/** What others call a person, in one line that can be shown anywhere (IR-40). */
export function personName(text: string): string {
  return [...withoutBidiControls(text).replace(UNPRINTABLE, ' ')].slice(0, LONGEST_NAME).join('');
}

/** What others say why, in one line that can be shown anywhere; `undefined` where they say nothing. */
export function plainReason(text: string | undefined): string | undefined {
  const line = withoutBidiControls(text ?? '')
    .replace(UNPRINTABLE, ' ')
    .trim();
  return line === '' ? undefined : [...line].slice(0, LONGEST_REASON).join('');
}
