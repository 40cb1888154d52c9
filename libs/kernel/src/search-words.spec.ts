import { matchesBeginnings, prefixRange, searchWords, typedBeginnings } from './search-words.js';

describe('words that people are found by', () => {
  it.each([
    ['Anna-Lena Müller', ['anna-lena', 'anna', 'lena', 'muller']],
    ["Sean O'Brien", ['sean', "o'brien", 'o', 'brien']],
    ['anna.berg@example.org', ['anna.berg@example.org', 'anna', 'berg']],
    ['<script>', ['script']],
    [' \u202e--- ', []],
    ['王小明', ['王小明']],
  ])('of %j are %j', (text, words) => {
    expect(searchWords(text)).toEqual(words);
  });

  it('what is typed is compared by its words, the longest first', () => {
    expect(typedBeginnings('An  MÜL an', 3)).toEqual(['mul', 'an']);
    expect(typedBeginnings('%_', 3)).toEqual([]);
    expect(matchesBeginnings('Anna Müller', ['mul', 'an'])).toBe(true);
    expect(matchesBeginnings('Anna Müller', ['nna'])).toBe(false);
  });

  it('a range holds what begins so and nothing else', () => {
    const [from, below] = prefixRange('mu');
    expect(['mu', 'muller', 'mu\u{10fffe}'].every((word) => word >= from && word < below)).toBe(true);
    expect(['mt', 'mv', 'm'].some((word) => word >= from && word < below)).toBe(false);
  });
});
