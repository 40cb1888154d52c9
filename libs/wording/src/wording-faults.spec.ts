import { wordingFaults } from './wording-faults.js';

describe('advice on the words of a permission', () => {
  it.each([
    ['see', 'photos', 'en', []],
    ['see', 'one two three four five six seven eight nine', 'en', [{ kind: 'long', words: 10 }]],
    [
      'Read',
      'your tokens.',
      'en',
      [
        { kind: 'jargon', word: 'read' },
        { kind: 'jargon', word: 'tokens' },
      ],
    ],
    ['schreiben', 'ins Tagebuch', 'de', [{ kind: 'jargon', word: 'schreiben' }]],
    ['approve', 'readings of bread', 'en', []],
  ] as const)('%s %s (%s)', (verb, object, language, faults) => {
    expect(wordingFaults(verb, object, language)).toEqual(faults);
  });
});
