import type { Html } from './html.js';
import { html } from './html.js';

/** Characters that turn the direction of what follows: a name has none, or it could dress up as another (CVE-2021-42574). */
const DIRECTION = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const FIRST_SLOT = 0xe000;
const SLOT = /([\ue000-\ue00f])/;

/** A text of a message: what stands in the slots of its arguments. */
type Filled<A extends readonly unknown[]> = { [K in keyof A]: A[K] extends string ? string | Html : A[K] };

/** A name as its owner wrote it, in its own direction whatever surrounds it. */
export function name(text: string): Html {
  return html`<bdi>${text.replace(DIRECTION, '')}</bdi>`;
}

/** A name for plain text, such as a page's title: isolated like {@link name}. */
export function plainName(text: string): string {
  return `\u2068${text.replace(DIRECTION, '')}\u2069`;
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
  ...values: Filled<A>
): Html {
  const slots: (string | Html)[] = [];
  const marked = values.map((value: unknown) => {
    if (typeof value === 'number') return value;
    slots.push(value as string | Html);
    return String.fromCharCode(FIRST_SLOT + slots.length - 1);
  });
  const parts = message(...(marked as unknown as A)).split(SLOT);
  return html`${parts.map((part) => piece(part, slots))}`;
}

function piece(part: string, slots: readonly (string | Html)[]): Html {
  const slot = SLOT.test(part) ? slots[part.charCodeAt(0) - FIRST_SLOT] : part;
  return html`${slot}`;
}
