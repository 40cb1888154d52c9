import type { Language } from './reader.js';

/** A line of a permission stays so short that it is read. */
const MOST_WORDS = 9;

/** Words of the trade, which say nothing to owners; as whole words, in any case. */
const NEVER: Readonly<Record<Language, readonly string[]>> = {
  en: ['read', 'write', 'admin', 'offline_access', 'scope', 'token', 'grant', 'rpt', 'claim', 'uma'],
  de: ['lesen', 'schreiben', 'admin', 'offline_access', 'scope', 'token', 'grant', 'rpt', 'claim', 'uma'],
};

/** What owners will stumble over: too many words, or one that they do not know. */
export type WordingFault =
  { readonly kind: 'long'; readonly words: number } | { readonly kind: 'jargon'; readonly word: string };

/** Advice on the words of a scope, none of which keeps anybody from publishing them. */
export function wordingFaults(verb: string, object: string, language: Language): WordingFault[] {
  const words = `${verb} ${object}`.split(/\s+/u).filter((word) => word !== '');
  const bare = words.map((word) => word.toLowerCase().replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''));
  const known = new Set([...NEVER[language], ...NEVER.en.map((word) => `${word}s`)]);
  const jargon = [...new Set(bare.filter((word) => known.has(word)))];
  return [
    ...(words.length > MOST_WORDS ? [{ kind: 'long' as const, words: words.length }] : []),
    ...jargon.map((word) => ({ kind: 'jargon' as const, word })),
  ];
}
