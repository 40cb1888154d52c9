import { languageOf } from './language.js';

describe('the language of a console', () => {
  it.each([
    [['de'], 'de'],
    [['de-CH', 'en'], 'de'],
    [[null, 'fr', 'EN-gb', 'de'], 'en'],
    [[undefined, 'deutsch'], 'en'],
    [[], 'en'],
  ] as const)('%j is %s', (wishes, language) => expect(languageOf(...wishes)).toBe(language));
});
