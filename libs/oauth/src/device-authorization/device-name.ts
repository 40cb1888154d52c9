const UNSHOWN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;
const LONGEST = 60;

/** What a device calls itself, in one line that turns nothing around it; `undefined` where nothing is left. A claim of whoever asks. */
export function deviceNameOf(stated: string | undefined): string | undefined {
  const line = (stated ?? '').normalize('NFC').replace(UNSHOWN, ' ').trim();
  const name = [...line].slice(0, LONGEST).join('');
  return name === '' ? undefined : name;
}
