import { inOneLine } from '@valetkey/shown-text';

const LONGEST = 100;

/** What a person calls a passkey, in one line and as she meant it. */
function plainPasskeyName(text: string): string {
  return inOneLine(text.normalize('NFC')).trim();
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
