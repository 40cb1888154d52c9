import { foldText } from './fold-text.js';

const NO_DIFFERENCE = /[^\p{L}\p{N}]|\p{Default_Ignorable_Code_Point}/gu;

/**
 * What people take a name for (attack class 212): its letters and digits without case and accents. Spaces, signs and characters that
 * cannot be seen tell no name from another. Letters of two scripts that look alike stay two: which do is a matter of the typeface. Pure.
 * @returns the empty text where there is no letter nor digit
 */
export function likenessOf(name: string): string {
  return foldText(name).replace(NO_DIFFERENCE, '');
}
