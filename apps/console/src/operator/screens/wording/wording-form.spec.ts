import { differencesOf, formOf, isSame, lackingOf, unfitOf, withCell, wordsOf } from './wording-form.js';

const ROW = {
  id: 'eA',
  scope: 'x',
  servers: [],
  source: 'none',
  published: false,
  words: { texts: {} },
  lacking: [],
  version: '3',
} as const;

describe('P7 the form of a wording', () => {
  it('begins with the draft, else with the words in force, and has a cell for each language of the server', () => {
    const draft = { level: 'see', texts: { fr: { verb: 'voir' } } } as const;
    expect(formOf({ ...ROW, draft }, ['en'])).toEqual({
      level: 'see',
      version: '3',
      texts: {
        en: { verb: '', object: '', consequence: '', without: '' },
        fr: { verb: 'voir', object: '', consequence: '', without: '' },
      },
    });
    expect(formOf(ROW, ['en']).level).toBe('');
  });

  it('knows what is missing as the server does', () => {
    const form = withCell(formOf(ROW, ['en', 'de']), 'en', 'verb', 'see');
    expect(lackingOf(form, ['en', 'de'])).toEqual(['level', 'object#en', 'verb#de', 'object#de']);
    expect(lackingOf(withCell(form, 'en', 'object', '  '), ['en'])).toEqual(['level', 'object#en']);
    expect(wordsOf(form)).not.toHaveProperty('level');
  });

  it('knows what owners must not read as the server does, and what two do not say alike', () => {
    const form = withCell(formOf(ROW, ['en', 'de']), 'de', 'without', 'Ohne Token');
    expect(unfitOf(form)).toEqual({ 'without#de': { kind: 'forbidden_word', member: 'without', word: 'token' } });
    const other = { ...form, level: 'see' as const, version: '4' };
    expect(differencesOf(withCell(other, 'en', 'verb', 'see'), form)).toEqual(['level', 'verb#en']);
    expect(isSame({ ...form, version: '9' }, form)).toBe(true);
  });
});
