import { foldText } from './fold-text.js';

/** Longer words are cut: nobody types so far before she has found whom she looks for. */
const LONGEST_WORD = 60;
const SEPARATORS = /[^\p{L}\p{N}]+/u;
/** What may stand inside a word: of an e-mail address, of a name with a hyphen. */
const OUTSIDE = /[^\p{L}\p{N}@._+'’-]+/u;
/** Behind every text that begins with the same letters, in byte order. */
const LAST = '\u{10ffff}';

/**
 * The words that a text is found by, each once: those between spaces, and their pieces. Folded, so that neither case nor accents count.
 * Of an e-mail address the part before the @ alone has pieces: whoever knows a domain learns nobody at it.
 */
export function searchWords(text: string): string[] {
  const words = wordsBetween(text).flatMap((word) => {
    const [local = ''] = word.split('@');
    return [word, ...local.split(SEPARATORS)];
  });
  return [...new Set(words.map(cut))].filter((word) => word !== '');
}

/** The beginnings of words that somebody typed, the longest first: it has the fewest matches. */
export function typedBeginnings(typed: string, most: number): string[] {
  const typedWords = wordsBetween(typed).map(cut);
  return [...new Set(typedWords)].sort((one, other) => other.length - one.length).slice(0, most);
}

/** Between which texts, the second excluded, all lie that begin so, in byte order. */
export function prefixRange(beginning: string): [from: string, below: string] {
  return [beginning, beginning + LAST];
}

/** Whether a text is found by all of the beginnings. */
export function matchesBeginnings(text: string, beginnings: readonly string[]): boolean {
  const words = searchWords(text);
  return beginnings.every((beginning) => words.some((word) => word.startsWith(beginning)));
}

function wordsBetween(text: string): string[] {
  return foldText(text)
    .split(OUTSIDE)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
}

/** Never in the middle of a character. */
function cut(word: string): string {
  return [...word].slice(0, LONGEST_WORD).join('');
}
