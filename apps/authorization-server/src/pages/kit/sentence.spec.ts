import { html } from './html.js';
import { fill, name, plainName } from './sentence.js';

const greeting = (who: string, what: string) => `${what} for ${who}, says ${who}`;

describe('sentences with names', () => {
  it('a name keeps its own direction, and cannot turn what follows', () => {
    expect(name('\u202egnp.exe\u202c\u2066').toString()).toBe('<bdi>gnp.exe</bdi>');
    expect(plainName('\u2069Anna\u200f')).toBe('\u2068Anna\u2069');
  });

  it('markup takes the place of a text wherever the language puts it; strings are escaped', () => {
    expect(fill(greeting, name('A&B'), '<i>').toString()).toBe(
      '&lt;i&gt; for <bdi>A&amp;B</bdi>, says <bdi>A&amp;B</bdi>',
    );
  });

  it('numbers reach the message, which chooses its plural', () => {
    const count = (found: number, who: string) => `${found === 1 ? 'one' : found} of ${who}`;
    expect(fill(count, 1, html`<b>x</b>`).toString()).toBe('one of <b>x</b>');
  });

  it('a text that holds the sign of a slot stays a text', () => {
    expect(fill((who: string) => `by ${who}`, '\ue000').toString()).toBe('by \ue000');
  });
});
