import { IDENTITY_SCOPE, SERVER_SCOPE } from '@valetkey/protocol';
import type { Database } from '@valetkey/persistence';
import { ScopeWordingStore } from './scope-wording.store.js';

const STANDARD = [...Object.values(IDENTITY_SCOPE), ...Object.values(SERVER_SCOPE)];
const MOST_WORDS = 9;

describe('scopes in words', () => {
  const store = (...rows: { name: string; display_name: string; description: string }[]) =>
    new ScopeWordingStore({ all: () => Promise.resolve(rows) } as unknown as Database);
  const nameOf = async (scope: string, languages: readonly string[]) =>
    (await store().describe([scope], languages))[0]?.name ?? '';

  it.each(STANDARD)('IR-40 %s has words in English and German where the operator gave none', async (scope) => {
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
  });

  it('IR-40 the words of the operator come first, and a scope that nobody worded is called by its name', async () => {
    const row = { name: 'openid', display_name: '{"":"Look who you are"}', description: '{}' };
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
});
