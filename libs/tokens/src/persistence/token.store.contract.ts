import { randomUUID } from 'node:crypto';
import { AuthorizationStore, RecordGenerations, rootAuthorization } from '@valetkey/authorizations';
import type { OpenDatabase, WriteSet } from '@valetkey/persistence';
import { commits, race, winners, write } from '@valetkey/testing';
import type { RefreshToken } from '@valetkey/tokens';
import { RefreshTokenStore, ReplayStore, TokenExpiryStore, TokenFamilyStore, TokenStore } from '@valetkey/tokens';
import type { NewToken } from './token.store.js';

const NOW = 1_700_000_000_000;

/** Tokens, their families, replay marks and their expiry. */
export function tokenStoresContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const tokens = () => new TokenStore(database());
  const refreshTokens = () => new RefreshTokenStore(database());
  const families = new TokenFamilyStore();
  const replay = () => new ReplayStore(database());

  const authorization = async (): Promise<string> => {
    const record = rootAuthorization(
      {
        id: `g_${randomUUID()}`,
        origin: 'owner',
        owner: 'account:alice',
        clientId: 'shop',
        resourceServerId: 'photos',
      },
      NOW,
    );
    await write(database(), (writes) => new AuthorizationStore(database()).insert(writes, record));
    return record.id;
  };
  const newToken = async (fields: Partial<NewToken> = {}): Promise<NewToken> => ({
    hash: randomUUID(),
    kind: 'at',
    authorizationId: await authorization(),
    clientId: 'shop',
    familyId: null,
    subject: 'account:carol',
    scopes: ['a', 'b'],
    audience: 'https://photos.example',
    permissions: null,
    issuedAt: NOW,
    expiresAt: NOW + 1000,
    ...fields,
  });
  const insert = (token: NewToken) => write(database(), (writes) => tokens().insert(writes, token));

  describe('tokens', () => {
    it('are found by exactly their hash, with the state of their authorization', async () => {
      const permissions = [{ resourceId: 'r', scopes: ['view'], resourceVersion: 3 }];
      const token = await newToken({ kind: 'rpt', scopes: [], permissions });
      await insert(token);
      expect(await tokens().find(token.hash)).toMatchObject({
        ...token,
        revoked: false,
        owner: 'account:alice',
        resourceServerId: 'photos',
        authorization: { state: 'active', notBefore: null, expiresAt: null, generation: 0 },
      });
      expect(await tokens().find(token.hash.toUpperCase())).toBeUndefined();
    });

    it('SU-03, DP-05, RA-05 keep the sign-in, the key, the requested claims, the details and what else they open', async () => {
      const signIn = { authTime: NOW, acr: 'phr', amr: ['hwk', 'user'], sid: 's_1' };
      const token = await newToken({
        signIn,
        confirmation: { jkt: 'thumbprint' },
        claims: { userinfo: ['email'], idToken: [] },
        opensUserInfo: true,
        authorizationDetails: [{ type: 'payment', amount: { value: 1.5 }, actions: ['initiate'] }],
      });
      await insert(token);
      expect(await tokens().find(token.hash)).toMatchObject(token);
      const { refreshToken } = await family();
      const { claims, confirmation, authorizationDetails } = token;
      const context = { signIn, claims, confirmation, authorizationDetails, opensUserInfo: true } as const;
      const refresh = { ...refreshToken(randomUUID()), ...context };
      await write(database(), (writes) => refreshTokens().insert(writes, refresh));
      expect(await refreshTokens().find(refresh.hash)).toMatchObject(refresh);
      expect(await refreshTokens().find(refresh.hash)).not.toHaveProperty('resources');
    });

    it('RI-02 refresh tokens keep all resources that they are for', async () => {
      const resources = ['https://photos.example', 'https://mail.example'];
      const { refreshToken } = await family();
      const refresh = { ...refreshToken(randomUUID()), resources };
      await write(database(), (writes) => refreshTokens().insert(writes, refresh));
      expect(await refreshTokens().find(refresh.hash)).toMatchObject(refresh);
    });

    it('of one hash exist once', async () => {
      const token = await newToken();
      const outcomes = await race(20, () => commits(database(), (writes) => tokens().insert(writes, token)));
      expect(winners(outcomes)).toBe(1);
    });

    it('IR-32 are revoked alone, and again without harm', async () => {
      const [one, other] = [await newToken(), await newToken()];
      await insert(one);
      await insert(other);
      for (const at of [NOW, NOW + 1]) await write(database(), (writes) => tokens().revoke(writes, one.hash, at));
      expect((await tokens().find(one.hash))?.revoked).toBe(true);
      expect((await tokens().find(other.hash))?.revoked).toBe(false);
    });

    it('IR-32 a JWT without a row is put on the deny list, one with a row is marked there', async () => {
      const [without, withRow] = [await newToken(), await newToken()];
      await insert(withRow);
      for (const token of [without, withRow, without])
        await write(database(), (writes) => tokens().deny(writes, token, NOW));
      expect((await tokens().find(without.hash))?.revoked).toBe(true);
      expect(await tokens().find(withRow.hash)).toMatchObject({ revoked: true, scopes: ['a', 'b'] });
    });

    it('end with their authorization at the next look', async () => {
      const token = await newToken();
      await insert(token);
      await write(database(), (writes) => end(writes, token.authorizationId));
      expect((await tokens().find(token.hash))?.authorization.state).toBe('revoked');
    });
  });

  const end = (writes: WriteSet, id: string): void => {
    new AuthorizationStore(database()).end(writes, { id, owner: 'account:alice', by: 'owner', now: NOW });
  };

  const renew = async (id: string): Promise<void> => {
    const record = await new AuthorizationStore(database()).find(id);
    if (!record) throw new Error('no such record');
    await write(database(), (writes) => new RecordGenerations().renew(writes, record));
  };

  type NewRefreshToken = Parameters<RefreshTokenStore['insert']>[1];
  const family = async (
    expiresAt = NOW + 5000,
    resourceId = 'r',
    of: { authorizationId?: string; generation?: number } = {},
  ) => {
    const { generation = 0, ...under } = of;
    const token = await newToken(under);
    const id = randomUUID();
    const permissions = [{ resourceId, scopes: ['view'], resourceVersion: 1 }];
    await write(database(), (writes) => {
      families.insert(writes, { id, authorizationId: token.authorizationId, generation, permissions, expiresAt });
    });
    const { authorizationId, clientId, subject, scopes, audience } = token;
    const refreshToken = (hash: string): NewRefreshToken => ({
      ...{ hash, familyId: id, authorizationId, clientId, subject, scopes, audience, permissions },
      issuedAt: NOW,
      expiresAt,
    });
    return { id, authorizationId, resourceId, refreshToken };
  };
  const withRefreshToken = async () => {
    const made = await family();
    const hash: string = randomUUID();
    await write(database(), (writes) => refreshTokens().insert(writes, made.refreshToken(hash)));
    const find = async () => (await refreshTokens().find(hash)) as RefreshToken;
    return { ...made, hash, find };
  };
  type Given = Awaited<ReturnType<typeof withRefreshToken>>;
  const rotate = (given: Given, successor: string) =>
    commits(database(), (writes) => {
      refreshTokens().use(writes, given, successor, NOW);
      refreshTokens().insert(writes, given.refreshToken(successor));
    });

  describe('refresh tokens', () => {
    it('CO-07 of 100 rotations of one token exactly one succeeds, and one successor is left', async () => {
      const given = await withRefreshToken();
      const names = Array.from({ length: 100 }, () => randomUUID());
      const outcomes = await race(100, (index) => rotate(given, names[index] as string));
      expect(winners(outcomes)).toBe(1);
      const left = await Promise.all(names.map((name) => refreshTokens().find(name)));
      expect(left.filter((found) => found !== undefined)).toHaveLength(1);
      expect(await given.find()).toMatchObject({ usedAt: NOW, successor: names[outcomes.indexOf(true)] });
    });

    it.each(['record', 'family', 'generation'] as const)(
      'is not rotated any more when its %s has ended',
      async (what) => {
        const given = await withRefreshToken();
        if (what === 'generation') await renew(given.authorizationId);
        else
          await write(database(), (writes) => {
            if (what === 'family') families.revoke(writes, given.id, NOW);
            else end(writes, given.authorizationId);
          });
        expect(await rotate(given, randomUUID())).toBe(false);
      },
    );

    it('224 a record whose generation is over has no living token of before, and those of after live', async () => {
      const given = await withRefreshToken();
      const { authorizationId } = given;
      const before = await newToken({ authorizationId, familyId: given.id });
      await insert(before);
      await renew(authorizationId);
      const younger = await family(NOW + 5000, 'r', { authorizationId, generation: 1 });
      const after = await newToken({ authorizationId, familyId: younger.id });
      await insert(after);
      expect([(await given.find()).isRevoked, (await tokens().find(before.hash))?.revoked]).toEqual([true, true]);
      expect((await tokens().find(after.hash))?.revoked).toBe(false);
    });

    it('a lost answer is repeated once, and replaces the unused successor', async () => {
      const given = await withRefreshToken();
      const [first, ...others] = Array.from({ length: 51 }, () => randomUUID()) as [string, ...string[]];
      await rotate(given, first);
      const token = await given.find();
      expect(await refreshTokens().isSuccessorUsed(token)).toBe(false);
      const outcomes = await race(50, (index) =>
        commits(database(), (writes) => {
          refreshTokens().answerAgain(writes, token, others[index] as string, NOW + 1);
          refreshTokens().insert(writes, given.refreshToken(others[index] as string));
        }),
      );
      expect(winners(outcomes)).toBe(1);
      expect((await refreshTokens().find(first))?.replacedAt).toBe(NOW + 1);
      expect(await rotate({ ...given, hash: first }, randomUUID())).toBe(false);
      expect((await given.find()).successor).toBe(others[outcomes.indexOf(true)]);
    });

    it('a lost answer is not repeated once the successor was used', async () => {
      const given = await withRefreshToken();
      const first: string = randomUUID();
      await rotate(given, first);
      const token = await given.find();
      expect(await rotate({ ...given, hash: first }, randomUUID())).toBe(true);
      expect(await refreshTokens().isSuccessorUsed(token)).toBe(true);
      const again = (writes: Parameters<Parameters<typeof commits>[1]>[0]) =>
        refreshTokens().answerAgain(writes, token, randomUUID(), NOW);
      expect(await commits(database(), again)).toBe(false);
    });

    it('CO-07 a family that ends while one of it is rotated leaves nothing alive: 100 rounds', async () => {
      const living = await race(100, async () => {
        const given = await withRefreshToken();
        const successor = randomUUID();
        await Promise.all([
          rotate(given, successor),
          write(database(), (writes) => families.revoke(writes, given.id, NOW)),
        ]);
        const found = await Promise.all([given.find(), refreshTokens().find(successor)]);
        return found.filter((token) => token !== undefined && !token.isRevoked).length;
      });
      expect(living).toEqual(living.map(() => 0));
    });

    it('UG-42 those that name a resource end with it, their RPTs do not', async () => {
      const [concerned, other] = [await withRefreshToken(), await withRefreshToken()];
      const resourceId = `r_${randomUUID()}`;
      const given = await family(NOW + 5000, resourceId);
      const hash = randomUUID();
      const rpt = await newToken({ kind: 'rpt', familyId: given.id, authorizationId: given.authorizationId });
      await insert(rpt);
      await write(database(), (writes) => refreshTokens().insert(writes, given.refreshToken(hash)));
      await open().dataSource.query(
        `INSERT INTO authorization_permission (authorization_id, resource_id, scopes, policy_ids)
         VALUES ('${given.authorizationId}', '${resourceId}', '[]', '[]')`,
      );
      await write(database(), (writes) => families.revokeRefreshWithResource(writes, resourceId, NOW));
      expect((await refreshTokens().find(hash))?.isRevoked).toBe(true);
      expect((await tokens().find(rpt.hash))?.revoked).toBe(false);
      expect([(await concerned.find()).isRevoked, (await other.find()).isRevoked]).toEqual([false, false]);
    });

    it('IR-30 a family that ends takes its access tokens with it', async () => {
      const given = await withRefreshToken();
      const token = await newToken({ familyId: given.id });
      await insert(token);
      await write(database(), (writes) => families.revoke(writes, given.id, NOW));
      expect((await tokens().find(token.hash))?.revoked).toBe(true);
    });
  });

  describe('replay marks', () => {
    it('of 100 claims of one identifier exactly one succeeds', async () => {
      const id = randomUUID();
      expect(winners(await race(100, () => replay().claim('https://partner.example', id, NOW)))).toBe(1);
      expect(await replay().isMarked('https://partner.example', id)).toBe(true);
    });

    it('are kept apart by issuer and by every byte of the identifier', async () => {
      const id = randomUUID();
      await replay().claim('https://one.example', id, NOW);
      for (const [issuer, other] of [
        ['https://two.example', id],
        ['https://one.example', `${id} `],
        ['https://one.example', id.toUpperCase()],
      ] as const)
        expect(await replay().claim(issuer, other, NOW)).toBe(true);
    });
  });

  describe('expiry', () => {
    it('removes what has expired, in batches, and nothing that lives', async () => {
      const expiry = new TokenExpiryStore(database());
      const before = NOW - 1_000_000;
      const dead = await Promise.all(Array.from({ length: 25 }, () => newToken({ expiresAt: before })));
      const living = await newToken({ expiresAt: before + 1 });
      for (const token of [...dead, living]) await insert(token);
      for (const token of dead) await replay().claim('x', token.hash, before);
      await family(before);
      const removed: number[] = [];
      do removed.push(await expiry.expire(before, 10));
      while (removed.at(-1) !== 0);
      expect(removed.slice(0, 3)).toEqual([21, 20, 10]);
      expect(await tokens().find(living.hash)).toBeDefined();
      expect(await Promise.all(dead.map(({ hash }) => tokens().find(hash)))).toEqual(dead.map(() => undefined));
    });

    it('twice at once harms nothing', async () => {
      const expiry = new TokenExpiryStore(database());
      const before = NOW - 1_000_000;
      const dead = await Promise.all(Array.from({ length: 40 }, () => newToken({ expiresAt: before })));
      for (const token of dead) await insert(token);
      const removed = await race(4, () => expiry.expire(before, 20));
      expect(removed.reduce((sum, rows) => sum + rows, 0)).toBeLessThanOrEqual(40);
      while ((await expiry.expire(before, 20)) > 0);
      expect(await tokens().find((dead[0] as NewToken).hash)).toBeUndefined();
    });
  });
}
