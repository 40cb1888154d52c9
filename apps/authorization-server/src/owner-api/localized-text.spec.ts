import { inLanguage, taggedMember } from './localized-text.js';

const TEXT = { '': 'Photos', de: 'Fotos', 'pt-BR': 'Fotografias' };

describe('IR-40: text in a language of the reader', () => {
  it.each([
    [['de'], 'Fotos'],
    [['DE'], 'Fotos'],
    [['de-AT'], 'Fotos'],
    [['fr', 'de'], 'Fotos'],
    [['pt-br'], 'Fotografias'],
    [['pt'], 'Photos'],
    [['fr'], 'Photos'],
    [[], 'Photos'],
    [['__proto__', 'constructor'], 'Photos'],
  ])('for %j it is %j', (languages, expected) => expect(inLanguage(TEXT, languages)).toBe(expected));

  it('is missing where there is neither that language nor an untagged text', () => {
    expect(inLanguage({ de: 'Fotos' }, ['fr'])).toBeUndefined();
    expect(inLanguage({}, ['de'])).toBeUndefined();
  });

  it('is read from tagged members; what is no text, or another member, is none', () => {
    const members = { name: 'Photos', 'name#de': 'Fotos', 'name#fr': 7, names: 'x', nickname: 'y', '#de': 'z' };
    expect(taggedMember(members, 'name')).toEqual({ '': 'Photos', de: 'Fotos' });
    expect(taggedMember({}, 'name')).toEqual({});
  });
});
