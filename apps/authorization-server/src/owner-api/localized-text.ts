import type { LocalizedText } from '../config/config.js';

/**
 * The text in the first wanted language that there is, else the untagged one; `undefined` when there is neither (IR-40).
 * @param languages - language tags, best first; `de-AT` is served with `de` (RFC 4647 section 3.4)
 */
export function inLanguage(text: LocalizedText, languages: readonly string[]): string | undefined {
  const tags = languages.flatMap((tag) => [tag, tag.split('-')[0] ?? tag]);
  const found = Object.entries(text).filter(([tag]) => tag !== '');
  for (const wanted of tags) {
    const match = found.find(([tag]) => tag.toLowerCase() === wanted.toLowerCase());
    if (match) return match[1];
  }
  return text[''];
}

/**
 * The language of what {@link inLanguage} gives where it is none of the wanted ones; `undefined` where it is, or where nobody says: an
 * untagged text has the language whose tagged text is the same.
 */
export function foreignLanguage(text: LocalizedText, languages: readonly string[]): string | undefined {
  const { '': untagged, ...tagged } = text;
  if (untagged === undefined || inLanguage(tagged, languages) !== undefined) return undefined;
  return Object.keys(tagged).find((tag) => tagged[tag] === untagged);
}

/** A member that may be repeated with a language tag, such as `name` and `name#de` (OpenID Connect Core section 5.2). */
export function taggedMember(members: Readonly<Record<string, unknown>>, name: string): LocalizedText {
  const texts: [string, string][] = [];
  for (const [member, value] of Object.entries(members)) {
    const isTagged = member === name || member.startsWith(`${name}#`);
    if (isTagged && typeof value === 'string') texts.push([member.slice(name.length + 1), value]);
  }
  return Object.fromEntries(texts);
}
