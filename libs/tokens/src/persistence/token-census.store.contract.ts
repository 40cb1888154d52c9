import { AuthorizationStore, rootAuthorization } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { write } from '@valetkey/testing';
import { TokenCensusStore, TokenStore } from '@valetkey/tokens';
import type { CensusPart, CensusPosition } from './token-census.store.js';
import type { NewToken } from './token.store.js';

const NOW = 1_700_000_000_000;

/** Counting living tokens. */
export function tokenCensusContract(open: () => OpenDatabase): void {
  const census = () => new TokenCensusStore(open().database);
  const tokens = () => new TokenStore(open().database);

  const insert = async (fields: Partial<NewToken> & { readonly hash: string }): Promise<void> => {
    const { database } = open();
    const draft = { id: `g_${fields.hash}`, origin: 'owner', owner: 'account:alice', clientId: 'shop' } as const;
    const record = rootAuthorization({ ...draft, resourceServerId: 'photos' }, NOW);
    await write(database, (writes) => new AuthorizationStore(database).insert(writes, record));
    const token: NewToken = {
      kind: 'at',
      authorizationId: record.id,
      clientId: 'shop',
      familyId: null,
      subject: null,
      scopes: ['a'],
      audience: null,
      permissions: null,
      issuedAt: NOW,
      expiresAt: NOW + 1000,
      ...fields,
    };
    await write(database, (writes) => tokens().insert(writes, token));
  };

  it('P9 counts each living token once, piece by piece in the order of their ends, by kind', async () => {
    await insert({ hash: 'c1' });
    await insert({ hash: 'c2', scopes: ['uma_protection'] });
    await insert({ hash: 'c3', kind: 'rpt', clientId: 'print', expiresAt: NOW + 3000 });
    await insert({ hash: 'c4', expiresAt: NOW - 1 });
    await insert({ hash: 'c5', expiresAt: NOW + 2000 });
    await write(open().database, (writes) => tokens().revoke(writes, 'c5', NOW));
    const found: CensusPart['living'][number][] = [];
    let after: CensusPosition | undefined = { expiresAt: NOW, hash: '' };
    while (after) {
      const part: CensusPart = await census().tokens(after, 1);
      found.push(...part.living);
      after = part.next;
    }
    expect(found).toEqual([
      { clientId: 'shop', kind: 'at' },
      { clientId: 'shop', kind: 'protection' },
      { clientId: 'print', kind: 'rpt' },
    ]);
  });

  it('P9 what an ended authorization gave is not counted', async () => {
    await insert({ hash: 'd1', expiresAt: NOW + 90_000 });
    const after = { expiresAt: NOW + 80_000, hash: '' };
    expect((await census().tokens(after, 10)).living).toHaveLength(1);
    await open().dataSource.query(`UPDATE authorization_record SET state = 'revoked' WHERE id = 'g_d1'`);
    expect((await census().tokens(after, 10)).living).toEqual([]);
    expect(await census().refreshTokens(after, 10)).toEqual({ living: [] });
  });
}
