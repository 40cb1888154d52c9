import { inOneLine, isolated } from '@valetkey/shown-text';

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

export function nameText(text: string): Part {
  return { kind: 'name', text: inOneLine(text) };
}

export function plain(text: string): Part {
  return { kind: 'text', text };
}

/** The sentence as plain text, names isolated: for labels and live regions. */
export function plainText(parts: Parts): string {
  return parts.map((part) => (part.kind === 'name' ? isolated(part.text) : part.text)).join('');
}

/** The sentence as plain text without any invisible character: for the subject of a mail, or the title of a document. */
export function bareText(parts: Parts): string {
  return parts.map(({ text }) => text).join('');
}
