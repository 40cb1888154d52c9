import { wordingFaults } from './wording-faults.js';

const word = (member: string, text: string) => ({ kind: 'forbidden_word', member, word: text });

describe('ux 6: words that owners must not read', () => {
  it.each([
    ['en', { verb: 'see', object: 'photos' }, []],
    [
      'en',
      { verb: 'see', object: 'one two three four five six seven eight nine' },
      [{ kind: 'too_many_words', member: 'object', words: 10 }],
    ],
    ['en-GB', { verb: 'Read', object: 'your tokens.' }, [word('verb', 'read'), word('object', 'tokens')]],
    ['de', { verb: 'schreiben', object: 'ins Tagebuch' }, [word('verb', 'schreiben')]],
    ['en', { verb: 'approve', object: 'readings of bread' }, []],
    ['en', { verb: 'see', object: 'access-token lists' }, [word('object', 'token')]],
    [
      'en',
      { consequence: 'It has a grant.', without: 'No UMA.' },
      [word('consequence', 'grant'), word('without', 'uma')],
    ],
    ['fr', { verb: 'read', object: 'a b c d e f g h i' }, [{ kind: 'too_many_words', member: 'object', words: 10 }]],
  ] as const)('%s %o', (tag, text, faults) => {
    expect(wordingFaults(text, tag)).toEqual(faults);
  });
});
