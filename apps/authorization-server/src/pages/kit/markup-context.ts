/** Where in the markup a value of a template stands. */
export type Place =
  /** Between tags: text, or markup that a template has made. */
  | { readonly kind: 'text' }
  /** Inside double quotes of an attribute. */
  | { readonly kind: 'attribute'; readonly name: string }
  /** Inside a tag, where an attribute may stand. */
  | { readonly kind: 'tag' };

type State = 'text' | 'open' | 'name' | 'tag' | 'attribute' | 'assigned' | 'quoted' | 'declaration';

/** Elements whose content is not plain markup, or that load or embed something: no page has any of them. */
const REFUSED_ELEMENTS = new Set(
  'script style iframe frame object embed applet base template noscript noembed noframes xmp plaintext math foreignobject'.split(
    ' ',
  ),
);
const REFUSED_ATTRIBUTES = /^(on.*|style|srcdoc|srcset|ping|http-equiv)$/;

/** Attributes that hold an address. */
export const ADDRESS_ATTRIBUTES: ReadonlySet<string> = new Set(['href', 'action', 'formaction', 'src']);

const STEPS = {
  open: 'opened',
  name: 'named',
  tag: 'inTag',
  attribute: 'inAttribute',
  assigned: 'assigned',
  quoted: 'quoted',
} as const;

/**
 * Follows the fixed parts of a template and tells where each value stands. It knows a small, strict HTML: attributes have
 * double quotes, there is no script, style or event handler, and a value is text, a quoted attribute, a whole address or an
 * attribute of its own. Everything else throws, so a template that could be unsafe fails in its first test.
 */
class MarkupReader {
  private state: State = 'text';
  private word = '';
  private valueLength = 0;
  private wholeAddress = false;

  read(part: string): void {
    for (const character of part) this.state = this.step(character);
  }

  /** The place behind what was read. */
  place(): Place {
    if (this.state === 'text') return { kind: 'text' };
    if (this.state === 'tag') return { kind: 'tag' };
    if (this.state !== 'quoted') throw new TypeError('A value stands in text, in quotes or as an attribute.');
    if (ADDRESS_ATTRIBUTES.has(this.word)) {
      if (this.valueLength > 0) throw new TypeError('An address is one value: join it before the template.');
      this.wholeAddress = true;
    }
    return { kind: 'attribute', name: this.word };
  }

  end(): void {
    if (this.state !== 'text') throw new TypeError('A template ends outside of tags.');
  }

  private step(character: string): State {
    if (this.state === 'text') return character === '<' ? 'open' : 'text';
    if (this.state === 'declaration') return character === '>' ? 'text' : 'declaration';
    return this[STEPS[this.state]](character);
  }

  private opened(character: string): State {
    this.word = '';
    if (character === '!') return 'declaration';
    if (character === '/') return 'name';
    if (!/[a-z]/.test(character)) throw new TypeError('Write &lt; for a bare <.');
    this.word = character;
    return 'name';
  }

  private named(character: string): State {
    if (/[a-z0-9]/.test(character)) {
      this.word += character;
      return 'name';
    }
    if (REFUSED_ELEMENTS.has(this.word)) throw new TypeError(`No page has <${this.word}>.`);
    return this.inTag(character);
  }

  private inTag(character: string): State {
    if (character === '>') return 'text';
    if (/[\s/]/.test(character)) return 'tag';
    if (!/[a-zA-Z]/.test(character)) throw new TypeError('Attributes begin with a letter.');
    this.word = character;
    return 'attribute';
  }

  private inAttribute(character: string): State {
    if (/[a-zA-Z0-9-]/.test(character)) {
      this.word += character;
      return 'attribute';
    }
    if (REFUSED_ATTRIBUTES.test(this.word.toLowerCase())) throw new TypeError(`No page has ${this.word}=.`);
    return character === '=' ? 'assigned' : this.inTag(character);
  }

  private assigned(character: string): State {
    if (character !== '"') throw new TypeError('Attributes have double quotes.');
    this.valueLength = 0;
    this.wholeAddress = false;
    return 'quoted';
  }

  private quoted(character: string): State {
    if (character === '"') return 'tag';
    if (this.wholeAddress) throw new TypeError('An address is one value: join it before the template.');
    this.valueLength += 1;
    return 'quoted';
  }
}

/**
 * The place of each value of a template.
 * @param parts - the fixed parts, one more than values
 * @throws TypeError for a template in which a value could not be made safe
 */
export function placesOf(parts: readonly string[]): readonly Place[] {
  const reader = new MarkupReader();
  const places = parts.slice(0, -1).map((part) => {
    reader.read(part);
    return reader.place();
  });
  reader.read(parts.at(-1) ?? '');
  reader.end();
  return places;
}
