import type { Filled, Part, Parts } from '@valetkey/wording';
import { inOneLine } from '@valetkey/shown-text';
import { around } from '@valetkey/wording';
import { attribute, Html, html } from './html.js';

export { isolated as plainName } from '@valetkey/shown-text';

/** A name as its owner wrote it, in its own direction whatever surrounds it. */
export function name(text: string): Html {
  return html`<bdi>${inOneLine(text)}</bdi>`;
}

const LONGEST = 60;

/** A name that others chose, cut where a list would have no end otherwise. */
export function shortened(text: string): string {
  const characters = [...text];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : text;
}

/** A sentence of the generator as markup: names isolated, times for machines too, words of another language marked. */
export function partsHtml(parts: Parts): Html {
  return html`${parts.map(partHtml)}`;
}

function partHtml(part: Part): Html {
  switch (part.kind) {
    case 'text':
      return html`${part.text}`;
    case 'name':
      return name(part.text);
    case 'time':
      return html`<time datetime="${part.at}">${part.text}</time>`;
    case 'words':
      return html`<span ${attribute('lang', part.lang)}>${part.text}</span>`;
  }
}

/** A code in groups of four, as people copy it. */
export function inGroups(code: string): string {
  return code.match(/.{1,4}/g)?.join(' ') ?? '';
}

/**
 * A message with markup in the places of its text arguments: `fill(messages.consent.heading, name(app))`. Texts given as
 * strings are escaped.
 */
export function fill<A extends readonly (string | number)[]>(
  message: (...values: A) => string,
  ...values: Filled<A, string | Html>
): Html {
  const pieces = around<A, string | Html>(message, isSlot, ...values);
  return html`${pieces.map((piece) => (typeof piece === 'string' ? html`${piece}` : html`${piece.slot}`))}`;
}

function isSlot(value: unknown): value is string | Html {
  return typeof value === 'string' || value instanceof Html;
}
