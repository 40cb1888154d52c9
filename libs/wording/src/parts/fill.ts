import type { Part, Parts } from './part.js';
import { plain } from './part.js';

const FIRST_SLOT = 0xe000;
const MOST_SLOTS = 64;
const SLOT = /([\ue000-\ue03f])/;

/** A text of a message: what stands in the slots of its arguments. */
export type Filled<A extends readonly unknown[], Slot> = { [K in keyof A]: A[K] extends string ? Slot : A[K] };

/**
 * Takes a message apart around its text arguments: `[text, slot, text, ...]`, empty texts included. Arguments that are no texts,
 * such as counts, reach the message as they are.
 */
export function around<A extends readonly unknown[], Slot>(
  message: (...values: A) => string,
  isSlot: (value: unknown) => value is Slot,
  ...values: Filled<A, Slot>
): (string | { readonly slot: Slot })[] {
  const slots: Slot[] = [];
  const marked = (values as readonly unknown[]).map((value) => {
    if (!isSlot(value)) return value;
    slots.push(value);
    if (slots.length > MOST_SLOTS) throw new TypeError('a message has too many arguments');
    return String.fromCharCode(FIRST_SLOT + slots.length - 1);
  });
  return message(...(marked as unknown as A))
    .split(SLOT)
    .map((piece) => {
      const slot = SLOT.test(piece) ? slots[piece.charCodeAt(0) - FIRST_SLOT] : undefined;
      return slot === undefined ? piece : { slot };
    });
}

/**
 * A message with parts in the places of its text arguments; texts given as strings are plain. What is empty reaches the message as '',
 * so that it can leave out what stands around it.
 */
export function fillParts<A extends readonly unknown[]>(
  message: (...values: A) => string,
  ...values: Filled<A, Parts | Part | string>
): Part[] {
  const told = values.map((value: unknown) =>
    Array.isArray(value) && value.length === 0 ? '' : value,
  ) as typeof values;
  const pieces = around<A, Parts | Part | string>(message, isFilling, ...told);
  return pieces.flatMap((piece) => (typeof piece === 'string' ? textOf(piece) : partsOf(piece.slot)));
}

function isFilling(value: unknown): value is Parts | Part | string {
  return value !== '' && (typeof value === 'string' || (typeof value === 'object' && value !== null));
}

function partsOf(slot: Parts | Part | string): readonly Part[] {
  if (typeof slot === 'string') return textOf(slot);
  return isMany(slot) ? slot : [slot];
}

function isMany(slot: Parts | Part): slot is Parts {
  return Array.isArray(slot);
}

function textOf(text: string): Part[] {
  return text === '' ? [] : [plain(text)];
}

/** "a, b and c" of parts. */
export function listParts(items: readonly Parts[], locale: string): Part[] {
  const list = new Intl.ListFormat(locale).formatToParts(items.map((_, index) => String(index)));
  return list.flatMap(({ type, value }) => (type === 'literal' ? [plain(value)] : (items[Number(value)] ?? [])));
}
