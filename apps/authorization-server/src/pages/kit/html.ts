import { safeAddress } from './address.js';
import type { Place } from './markup-context.js';
import { ADDRESS_ATTRIBUTES, placesOf } from './markup-context.js';

/** What a template takes. `undefined`, `null` and `false` are nothing, so `condition && html`…`` works. */
export type HtmlValue = string | number | Html | Attribute | readonly (Html | undefined)[] | undefined | null | false;

/** Attributes that may be there or not. Handlers and styles are none of them. */
export type AttributeName =
  | 'aria-describedby'
  | 'aria-invalid'
  | 'aria-label'
  | 'autofocus'
  | 'checked'
  | 'id'
  | 'inputmode'
  | 'lang'
  | 'maxlength'
  | 'minlength'
  | 'name'
  | 'open'
  | 'placeholder'
  | 'required'
  | 'value';

/** A template as it is sent: its fixed parts, and the place of each value. */
interface Template {
  readonly parts: readonly string[];
  readonly places: readonly Place[];
}

const templates = new WeakMap<TemplateStringsArray, Template>();

/** How the source is indented says nothing to browsers, and would be a third of a page. Values stay as they are. */
function templateOf(source: TemplateStringsArray): Template {
  return { parts: source.map((part) => part.replace(/\s*\n\s*/g, '\n')), places: placesOf(source) };
}

/** Markup that is safe to send: only the {@link html} template makes it. */
export class Html {
  readonly #markup: string;

  private constructor(markup: string) {
    this.#markup = markup;
  }

  /** Fills a template. @see html */
  static template(source: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
    let known = templates.get(source);
    if (!known) templates.set(source, (known = templateOf(source)));
    const { parts, places } = known;
    let markup = parts[0] ?? '';
    places.forEach((place, index) => {
      markup += rendered(place, values[index]) + (parts[index + 1] ?? '');
    });
    return new Html(markup);
  }

  toString(): string {
    return this.#markup;
  }
}

/** An attribute that stands in a tag only when it has a value. */
export class Attribute {
  constructor(
    readonly name: AttributeName,
    readonly value: string,
  ) {}
}

/**
 * Template for HTML, safe by its form: every value is escaped for the place it stands in, except markup from this same
 * template between tags. Addresses (`href`, `action`, …) lose every scheme that runs something. A template in which a value
 * could do harm (attributes without double quotes, tag names, handlers, styles, scripts, comments) throws a TypeError
 * whenever it is used.
 */
export const html: (parts: TemplateStringsArray, ...values: readonly HtmlValue[]) => Html = (parts, ...values) =>
  Html.template(parts, ...values);

/** An attribute that may be missing: `html`<input ${attribute('checked', chosen)}>``. Without a value, or with an
 * empty one, it is left out. */
export function attribute(name: AttributeName, value: string | number | boolean | undefined): Attribute | undefined {
  if (value === undefined || value === false || value === '') return undefined;
  return new Attribute(name, value === true ? '' : String(value));
}

function rendered(place: Place, value: HtmlValue): string {
  if (value === undefined || value === null || value === false) return '';
  switch (place.kind) {
    case 'text':
      return inText(value);
    case 'attribute':
      return inQuotes(place.name, value);
    case 'tag':
      if (!(value instanceof Attribute)) throw new TypeError('Only attribute() stands inside a tag.');
      return ` ${value.name}="${escaped(value.value)}"`;
  }
}

function inText(value: Exclude<HtmlValue, undefined | null | false>): string {
  if (value instanceof Html) return value.toString();
  if (value instanceof Attribute) throw new TypeError('An attribute stands inside a tag.');
  if (typeof value === 'object') return value.map((item) => (item === undefined ? '' : markupOf(item))).join('');
  return escaped(String(value));
}

/** Checks at run time too: a list of strings would otherwise be sent as it is. */
function markupOf(item: Html): string {
  if (!(item instanceof Html)) throw new TypeError('A list holds markup only.');
  return item.toString();
}

function inQuotes(name: string, value: HtmlValue): string {
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new TypeError('An attribute is a text or a number.');
  const text = String(value);
  return escaped(ADDRESS_ATTRIBUTES.has(name) ? safeAddress(text) : text);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

function escaped(text: string): string {
  // The parser would replace NUL as well.
  return text.replaceAll('\0', '\ufffd').replace(/[&<>"'`]/g, (character) => ESCAPES[character] ?? '');
}
