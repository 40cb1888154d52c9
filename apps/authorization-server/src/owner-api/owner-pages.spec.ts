import { languagesOf } from './owner-pages.js';

describe('RFC 9110 §12.5.4: Accept-Language', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['de', ['de']],
    ['en;q=0.5, de', ['de', 'en']],
    ['de-AT, de;q=0.9, en;q=0.8', ['de-AT', 'de', 'en']],
    ['a;q=0.1, b;q=0.2, c;q=0.3', ['c', 'b', 'a']],
    ['fr; q=0.4, it ;q=0.6', ['it', 'fr']],
    ['de;q=0, en', ['en']],
    ['*', []],
    ['de, *;q=0.5', ['de']],
    ['de;q=x, en', ['en']],
    ['de;q=-1, en', ['en']],
    [', ,;,=, en', ['en']],
    ['__proto__, de_DE, <b>, en', ['en']],
    ['a'.repeat(501), []],
  ])('%j wants %j', (header, languages) => expect(languagesOf(header)).toEqual(languages));

  it('looks at ten at most', () => {
    expect(languagesOf(Array.from({ length: 30 }, (_, index) => `x-a${index}`).join(','))).toHaveLength(10);
  });
});
