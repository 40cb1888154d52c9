import { ADDRESS_WORDS, saysYes } from './address-words.js';

const { parseSearch, stringifySearch } = ADDRESS_WORDS;

describe('what an address says besides its path', () => {
  it.each(['2026', '576e7418', '1.0', 'true', 'null', '"quoted"', '{"a":1}', '[1]', 'a+b & c=d%', 'Füchse'])(
    '%s is a word, read and written',
    (q) => {
      const written = stringifySearch({ q });
      expect(written.startsWith('?')).toBe(true);
      expect(parseSearch(written)).toEqual({ q });
      expect(parseSearch(`?q=${encodeURIComponent(q)}`)).toEqual({ q });
    },
  );

  it('nothing is said by nothing, and what is not there is left out', () => {
    expect(stringifySearch({})).toBe('');
    expect(stringifySearch({ q: undefined, pages: 2, removed: true })).toBe('?pages=2&removed=true');
    expect(parseSearch('')).toEqual({});
  });

  it.each([
    [true, true],
    ['true', true],
    ['', false],
    ['false', false],
    [undefined, false],
  ])('%j says yes: %s', (value, yes) => expect(saysYes(value)).toBe(yes));
});
