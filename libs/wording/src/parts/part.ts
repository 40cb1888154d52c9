/**
 * A piece of a sentence. Screens and pages render each kind as it needs: `text` as it is; `name` isolated (`<bdi>`), often stressed;
 * `time` as `<time datetime>`; `words` with their `lang`, where it is not the sentence's.
 */
export type Part =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'time'; readonly text: string; readonly at: string }
  | { readonly kind: 'words'; readonly text: string; readonly lang?: string };

/** A sentence, or a part of one. */
export type Parts = readonly Part[];

/** Characters that turn the direction of what follows: a name has none, or it could dress up as another (CVE-2021-42574). */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
/** Line breaks and other controls: a name is one line, in a mail's subject too. */
const CONTROL = /\p{Cc}+/gu;

/** A name as its owner wrote it, without what would change how its surroundings are read. */
export function cleanName(text: string): string {
  return text.replace(DIRECTION, '').replace(CONTROL, ' ');
}

/** A name for plain text, such as a page's title: isolated, in its own direction whatever surrounds it. */
export function plainName(text: string): string {
  return `\u2068${cleanName(text)}\u2069`;
}

export function nameText(text: string): Part {
  return { kind: 'name', text: cleanName(text) };
}

export function plain(text: string): Part {
  return { kind: 'text', text };
}

/** The sentence as plain text, names isolated: for titles, labels and live regions. */
export function plainText(parts: Parts): string {
  return parts.map((part) => (part.kind === 'name' ? plainName(part.text) : part.text)).join('');
}

/** The sentence as plain text without any invisible character: for the subject of a mail. */
export function bareText(parts: Parts): string {
  return parts.map(({ text }) => text).join('');
}
