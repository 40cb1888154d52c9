import { IDENTITY_SCOPE, SERVER_SCOPE } from '@valetkey/protocol';
import type { Database, Statement } from '@valetkey/persistence';
import { bareText, deed } from '@valetkey/wording';
import { ScopeWordingStore } from './scope-wording.store.js';
import { WordingEditStore } from './wording/wording-edit.store.js';

const STANDARD = [...Object.values(IDENTITY_SCOPE), ...Object.values(SERVER_SCOPE)];
const MOST_WORDS = 9;

interface Row {
  readonly name: string;
  readonly display_name?: string;
  readonly description?: string;
  readonly words?: string;
}

describe('scopes in words', () => {
  const store = (...rows: Row[]) => {
    const all = ({ sql }: Statement) => Promise.resolve(sql.includes('scope_wording_edit') ? [] : rows.map(filled));
    const database = { all } as unknown as Database;
    return new ScopeWordingStore(database, new WordingEditStore(database), { pages: { languages: ['en', 'de'] } });
  };
  const filled = (row: Row) => ({ display_name: '{}', description: '{}', words: null, ...row });
  const worded = (name: string, words: object, more: Partial<Row> = {}): Row => ({
    name,
    words: JSON.stringify(words),
    ...more,
  });
  const nameOf = async (scope: string, languages: readonly string[]) =>
    (await store().describe([scope], languages))[0]?.name ?? '';

  it.each(STANDARD)('IR-40 G17 %s has words in English and German where the operator gave none', async (scope) => {
    const [english, german, other] = [
      await nameOf(scope, ['en']),
      await nameOf(scope, ['de-AT']),
      await nameOf(scope, ['fi']),
    ];
    expect(english).not.toBe(german);
    expect(other).toBe(english);
    for (const text of [english, german]) {
      expect(text).toMatch(/^\p{Lu}/u);
      expect(text).not.toMatch(/scope|token|grant|RPT|claim|UMA|offline_access/i);
      expect(text.split(' ').length).toBeLessThanOrEqual(MOST_WORDS);
    }
    expect((await store().views([scope], ['de']))[0]).toMatchObject({ published: true });
  });

  it('IR-40 the words of the operator come first, and a scope that nobody worded is called by its name', async () => {
    const row = { name: 'openid', display_name: '{"":"Look who you are"}' };
    expect(await store(row).describe(['openid'], ['de'])).toEqual([{ scope: 'openid', name: 'Look who you are' }]);
    expect(await nameOf('photos.read', ['de'])).toBe('photos.read');
  });

  it('G16 say their language where it is known and not the reader’s', async () => {
    const langOf = async (displayName: object, description: object, languages: readonly string[]) => {
      const row = { name: 'view', display_name: JSON.stringify(displayName), description: JSON.stringify(description) };
      return (await store(row).describe(['view'], languages))[0]?.lang;
    };
    const tagged = { '': 'See', en: 'See', fr: 'Voir' };
    expect(await langOf(tagged, {}, ['de'])).toBe('en');
    expect(await langOf(tagged, {}, ['fr-CA'])).toBeUndefined();
    expect(await langOf({ '': 'See', fr: 'Voir' }, {}, ['de'])).toBeUndefined();
    expect(await langOf(tagged, { '': 'All of it', en: 'All of it' }, ['de'])).toBe('en');
    // One mark stands for both texts: where they differ there is none.
    expect(await langOf(tagged, { '': 'All of it', de: 'Alles' }, ['de'])).toBeUndefined();
  });

  const PRINT = {
    level: 'act',
    texts: {
      en: { verb: 'order', object: 'prints', consequence: 'You pay for them.' },
      de: { verb: 'bestellen', object: 'Abzüge' },
    },
  };

  it('P1 pages read the verb and the object that sentences read', async () => {
    const print = store(worded('print', PRINT, { display_name: '{"":"Print things"}' }));
    expect(await print.describe(['print'], ['en'])).toEqual([
      { scope: 'print', name: 'Order prints', description: 'You pay for them.' },
    ]);
    expect(await print.describe(['print'], ['DE-CH'])).toEqual([{ scope: 'print', name: 'Abzüge bestellen' }]);
    const [view] = await print.views(['print'], ['de']);
    expect(view).toEqual({ scope: 'print', level: 'act', verb: 'bestellen', object: 'Abzüge', published: true });
    expect(bareText(deed(view ? [view] : [], 'de'))).toBe('Abzüge bestellen');
  });

  it('a reader of another language is given the operator’s usual one, marked', async () => {
    const print = store(worded('print', PRINT));
    expect((await print.views(['print'], ['fi']))[0]).toMatchObject({ verb: 'order', lang: 'en' });
    expect((await print.describe(['print'], ['fi']))[0]).toMatchObject({ name: 'Order prints', lang: 'en' });
  });

  it.each<[string, object]>([
    ['a language', { level: 'see', texts: { en: PRINT.texts.en } }],
    ['an object', { level: 'see', texts: { ...PRINT.texts, de: { verb: 'bestellen' } } }],
    ['a level', { texts: PRINT.texts }],
  ])('G17 what lacks %s is not published, shows no words of its own and cannot be given', async (_what, words) => {
    const half = store(worded('print', words));
    expect((await half.views(['print'], ['en']))[0]).toMatchObject({ published: false, verb: '', object: '' });
    expect(await half.unpublished(['print', 'openid'])).toEqual(['print']);
  });

  it('G17 a scope that has only a name is not published', async () => {
    expect(await store({ name: 'view', display_name: '{"":"See"}' }).unpublished(['view'])).toEqual(['view']);
  });
});
