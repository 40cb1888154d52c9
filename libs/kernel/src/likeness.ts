import { foldText } from './fold-text.js';
import { LOOK_ALIKES } from './look-alikes.js';

const NO_DIFFERENCE = /[^\p{L}\p{N}]|\p{Default_Ignorable_Code_Point}/gu;

/**
 * What people take a name for (attack class 212): its letters and digits without case and accents, those of other scripts that look like
 * a Latin one as that one. Spaces, signs and characters that cannot be seen tell no name from another. Pure.
 * @returns the empty text where there is no letter nor digit
 */
export function likenessOf(name: string): string {
  // Before capitals and small letters are one: a Greek Ν looks like N, and ν like v. Some are taken apart to another letter, so both ways.
  const latin = asLatin(asLatin(name).normalize('NFKD'));
  return foldText(latin).replace(NO_DIFFERENCE, '');
}

/** All that people take a name for, in capitals or not: letters that look like one in capitals and like another when small. Pure. */
export function likenessesOf(name: string): readonly string[] {
  const found = [name, name.toLowerCase(), name.toUpperCase()].map(likenessOf);
  return [...new Set(found)].filter((likeness) => likeness !== '');
}

function asLatin(name: string): string {
  return [...name].map((letter) => LOOK_ALIKES.get(letter) ?? letter).join('');
}
