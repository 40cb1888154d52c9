/**
 * Attack classes 212, 218: of a text, that nothing in it turns what is written around it or cannot be seen, and that no letter carries
 * more marks than any writing has. Joiners, and what makes a character an emoji, stay: languages need them.
 * Control characters are refused beside it. The empty text is one, too.
 */
export const SHOWN_TEXT =
  /^(?![\s\S]*\p{M}{6})(?:[\u200c\u200d\ufe0e\ufe0f]|[^\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800])*$/u;

/** Of a text that is one by {@link SHOWN_TEXT}, that it has no character without a shape of its own, joiners included: who comes unasked. */
export const SEEN_TEXT = /^[^\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]*$/u;

/** Of a text that is one by {@link SHOWN_TEXT}, that it can be told from others: a letter or digit. */
export const HAS_A_LETTER = /[\p{L}\p{N}]/u;

const UNSHOWN = /(?:(?![\u200c\u200d\ufe0e\ufe0f])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800])+/gu;
const MARKS_BEYOND = /(\p{M}{5})\p{M}+/gu;

/** What somebody stated, in one line that is a text by {@link SHOWN_TEXT}; empty where nothing is left. Pure. */
export function shownLineOf(stated: string): string {
  return stated.normalize('NFC').replace(UNSHOWN, ' ').replace(MARKS_BEYOND, '$1').trim();
}

/**
 * A claim of whoever says it, in one line that is a text by {@link SHOWN_TEXT}. Pure.
 * @param longest - in characters
 * @returns `undefined` where no letter or digit is left
 */
export function shownNameOf(stated: string, longest: number): string | undefined {
  const name = [...shownLineOf(stated)].slice(0, longest).join('').trim();
  return HAS_A_LETTER.test(name) ? name : undefined;
}
