import { OAuthError } from '@valetkey/oauth';
import { WriteSet } from '@valetkey/persistence';
import { describeDatabases, SetClock } from '@valetkey/testing';
import type { ScopeWords } from '../../config/config.js';
import { ScopeWordingStore } from '../scope-wording.store.js';
import { DescribedScopes } from './described-scopes.service.js';
import { OperatorWording } from './operator-wording.service.js';
import { WordingEditStore } from './wording-edit.store.js';

const words = (verb: string): ScopeWords => ({
  level: 'see',
  texts: { en: { verb, object: 'photos' }, de: { verb: 'ansehen', object: 'Fotos' } },
});
const HALF: ScopeWords = { level: 'see', texts: { en: { verb: 'see', object: 'photos' } } };

describeDatabases('wording that an operator changes', (open) => {
  const setUp = () => {
    const { database } = open();
    const edits = new WordingEditStore(database);
    const wording = new ScopeWordingStore(database, edits, { pages: { languages: ['en', 'de'] } });
    return {
      wording,
      operator: new OperatorWording(edits, wording, database, new SetClock(1_000)),
      described: new DescribedScopes(wording),
      configure: async (scope: string, configured: ScopeWords) => {
        const writes = new WriteSet();
        wording.replaceAll(writes, [{ name: scope, displayName: {}, description: {}, words: configured }]);
        await database.commit(writes);
      },
      verbOf: async (scope: string) => (await wording.views([scope], ['en']))[0]?.verb,
    };
  };

  it('G17 is published once it is complete in every language, and refused before', async () => {
    const { operator, described, verbOf } = setUp();
    expect(await operator.saveDraft('a', HALF, [0])).toMatchObject({
      version: 1,
      draftLacking: ['verb#de', 'object#de'],
    });
    expect(await operator.publish('a', HALF, [1])).toBe('unfit');
    await expect(described.require(['a'])).rejects.toThrow(new OAuthError('invalid_state', 'scope_not_described'));
    await operator.saveDraft('a', words('see'), [1]);
    expect(await verbOf('a')).toBe('');
    expect(await operator.publish('a', words('see'), [2])).toMatchObject({
      version: 3,
      lacking: [],
      draft: null,
      source: 'published',
    });
    expect(await verbOf('a')).toBe('see');
    await described.require(['a']);
  });

  it('goes before the words of the file until it is given up, whatever the file says by then', async () => {
    const { operator, configure, verbOf } = setUp();
    await configure('b', words('view'));
    expect(await operator.views(['b'])).toMatchObject([{ source: 'file', version: 0 }]);
    await operator.publish('b', words('look at'), [0]);
    await configure('b', words('behold'));
    expect(await verbOf('b')).toBe('look at');
    expect(await operator.reset('b', [1])).toMatchObject({ source: 'file', version: 2 });
    expect(await verbOf('b')).toBe('behold');
  });

  it('a lost race changes nothing: of many changes to one version exactly one counts', async () => {
    const { operator } = setUp();
    const made = await Promise.all(['x', 'y', 'z'].map((verb) => operator.saveDraft('c', words(verb), [0])));
    expect(made.filter((one) => one === 'stale')).toHaveLength(2);
    expect(await operator.publish('c', words('x'), [0])).toBe('stale');
    const again = await Promise.all([operator.publish('c', words('x'), [1]), operator.withdraw('c', [1])]);
    expect(again.filter((one) => one === 'stale')).toHaveLength(1);
  });

  it('what is withdrawn cannot be given, whatever the file says, and is a draft from then on', async () => {
    const { operator, configure, described, verbOf } = setUp();
    await configure('w', words('see'));
    await described.require(['w']);
    expect(await operator.withdraw('w', [0])).toMatchObject({ source: 'withdrawn', draft: words('see') });
    await expect(described.require(['w'])).rejects.toThrow(new OAuthError('invalid_state', 'scope_not_described'));
    expect(await verbOf('w')).toBe('');
    await operator.publish('w', words('see'), [1]);
    await described.require(['w']);
  });

  it('is listed by name with that of the file', async () => {
    const { operator, configure } = setUp();
    await configure('m', words('see'));
    await operator.saveDraft('l', HALF, [0]);
    expect(await operator.names(1_000)).toEqual(expect.arrayContaining(['l', 'm']));
    expect(await operator.views(['l', 'm'])).toMatchObject([
      { scope: 'l', version: 1, source: 'none', lacking: ['level', 'verb#en', 'object#en', 'verb#de', 'object#de'] },
      { scope: 'm', version: 0, source: 'file' },
    ]);
  });
});
