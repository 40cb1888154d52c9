import { LANGUAGES, type Language } from './reader.js';

/** A line of a permission stays so short that it is read. */
const MOST_WORDS = 9;

/** Words of the trade, which say nothing to owners; as whole words, in any case. */
const NEVER: Readonly<Record<Language, readonly string[]>> = {
  en: ['read', 'write', 'admin', 'offline_access', 'scope', 'token', 'grant', 'rpt', 'claim', 'uma'],
  de: ['lesen', 'schreiben', 'admin', 'offline_access', 'scope', 'token', 'grant', 'rpt', 'claim', 'uma'],
};

const MEMBERS = ['verb', 'object', 'consequence', 'without'] as const;
type Member = (typeof MEMBERS)[number];

/** What owners would stumble over: too many words of verb and object, or a word that they do not know. */
export type WordingFault =
  | { readonly kind: 'too_many_words'; readonly member: 'object'; readonly words: number }
  | { readonly kind: 'forbidden_word'; readonly member: Member; readonly word: string };

/**
 * What keeps the words of one language from being published; nothing: they can be.
 * @param tag - of the language; of one that has no sentences here the length alone is known
 */
export function wordingFaults(text: Partial<Readonly<Record<Member, string>>>, tag: string): WordingFault[] {
  const { verb = '', object = '' } = text;
  const words = `${verb} ${object}`.split(/\s+/u).filter((word) => word !== '').length;
  const language = LANGUAGES.find((one) => one === tag.toLowerCase().split('-')[0]);
  const never = new Set(language && [...NEVER[language], ...NEVER.en.map((word) => `${word}s`)]);
  const forbidden = MEMBERS.flatMap((member) => {
    const parts = (text[member] ?? '').toLowerCase().split(/[^\p{L}\p{N}_]+/u);
    return [...new Set(parts)].filter((word) => never.has(word)).map((word) => ({ member, word }));
  });
  return [
    ...(words > MOST_WORDS ? [{ kind: 'too_many_words' as const, member: 'object' as const, words }] : []),
    ...forbidden.map((one) => ({ kind: 'forbidden_word' as const, ...one })),
  ];
}
