const LONGEST = 100;
/** Signs that are not seen, or that turn what follows: a name must look like what it is. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu;

/** What a person calls a passkey, in one line and as she meant it. */
function plainPasskeyName(text: string): string {
  return text.normalize('NFC').replace(UNSEEN, ' ').trim();
}

/** The name as it is kept, or what is wrong with it. */
export function passkeyName(text: string): { readonly name: string } | { readonly problem: 'empty' | 'too_long' } {
  const name = plainPasskeyName(text);
  if (name === '') return { problem: 'empty' };
  return name.length > LONGEST ? { problem: 'too_long' } : { name };
}

/** The same for a passkey that is being made, which nobody asks twice for its name: cut, and empty for none. */
export function shortPasskeyName(text: string): string {
  const signs = [...plainPasskeyName(text)];
  while (signs.join('').length > LONGEST) signs.pop();
  return signs.join('').trim();
}
