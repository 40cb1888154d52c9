import type { ScopeLevel } from '@valetkey/owner-contract';
import { wordingFaults, type WordingFault } from '@valetkey/wording';
import type { ScopeWords, WordsText } from './config.js';
import { present } from './present.js';

/** Words of one language that make a sentence. */
export interface CompleteText {
  readonly verb: string;
  readonly object: string;
  readonly consequence?: string;
  readonly without?: string;
}

/** Taken for the level of a scope that has none: further than it most likely goes, so that nobody takes it for harmless. */
export const UNKNOWN_LEVEL: ScopeLevel = 'act';

/** What the words still lack, as names of settings: `level`, `verb#de`. Nothing: they can be published. */
export function lackingOf({ level, texts }: ScopeWords, languages: readonly string[]): string[] {
  const lacking = languages.flatMap((language) =>
    (['verb', 'object'] as const)
      .filter((member) => (textIn(texts, language)?.[member] ?? '') === '')
      .map((member) => `${member}#${language}`),
  );
  return level === undefined ? ['level', ...lacking] : lacking;
}

/** What owners must not read in the words, by names of settings: `object#de`. Nothing: they can be published. */
export function unfitOf({ texts }: ScopeWords): { readonly name: string; readonly fault: WordingFault }[] {
  return Object.entries(texts).flatMap(([language, text]) =>
    wordingFaults(text, language).map((fault) => ({ name: `${fault.member}#${language}`, fault })),
  );
}

/** Words that were found for a reader. */
export interface FoundWords {
  readonly text: CompleteText;
  readonly language: string;
  /** The language is none of the wanted ones. */
  readonly isForeign: boolean;
}

/**
 * The complete words in the best language that there is; `undefined` where there are none.
 * @param wanted - language tags, best first; `de-AT` is served with `de` (RFC 4647 section 3.4)
 * @param usual - languages of the operator, of which the first that there is stands in
 */
export function wordsIn(
  { texts }: ScopeWords,
  wanted: readonly string[],
  usual: readonly string[],
): FoundWords | undefined {
  const tags = wanted.flatMap((one) => [one, one.split('-')[0] ?? one]);
  for (const [index, language] of [...tags, ...usual, ...Object.keys(texts)].entries()) {
    const text = complete(textIn(texts, language));
    if (text) return { text, language: language.toLowerCase(), isForeign: index >= tags.length };
  }
  return undefined;
}

function textIn(texts: ScopeWords['texts'], tag: string): WordsText | undefined {
  const found = Object.keys(texts).find((known) => known.toLowerCase() === tag.toLowerCase());
  return found === undefined ? undefined : texts[found];
}

function complete(text: WordsText | undefined): CompleteText | undefined {
  const { verb = '', object = '', consequence, without } = text ?? {};
  return verb === '' || object === '' ? undefined : { verb, object, ...present({ consequence, without }) };
}
