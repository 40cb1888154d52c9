import { commits, describeDatabases, race, winners, write } from '@valetkey/testing';
import { statement, WriteSet } from '@valetkey/persistence';
import type { AuthorizationCode } from './persistence/authorization-code.store.js';
import {
  CALLBACK,
  PHOTOS,
  CHALLENGE,
  parametersOf,
  requestForm,
  RequestWorld,
  SESSION,
} from './authorization-requests.fixture.js';

const LIVING_FAMILIES = statement(
  'SELECT count(*) AS n FROM token_family WHERE authorization_id = ? AND refresh_revoked_at IS NULL',
);

describeDatabases('authorization codes', (open) => {
  let world: RequestWorld;
  beforeAll(async () => {
    world = new RequestWorld(open().database);
    await world.addAccount(SESSION.accountId);
  });

  /** A request that she said yes to. */
  const consent = async (form: Readonly<Record<string, string>> = {}, scopes?: string[]) => {
    const client = world.client();
    const read = await world.read(requestForm(client.id, form));
    if (read.kind !== 'valid') throw new Error(read.reason);
    const { request } = read;
    const writes = new WriteSet();
    const given = { accountId: SESSION.accountId, client, request, scopes: scopes ?? request.scopes };
    const record = await world.consents.give(writes, given, world.clock.now());
    await world.database.commit(writes);
    return { request, client, record, session: SESSION };
  };
  const issue = async (order: Awaited<ReturnType<typeof consent>>): Promise<string> => {
    let value = '';
    await write(world.database, (writes) => (value = world.codes.issue(writes, order)));
    return value;
  };
  const found = async (value: string) => (await world.codes.find(value)) as AuthorizationCode;
  const useAs = (code: AuthorizationCode, family: string) =>
    commits(world.database, (writes) => world.codes.use(writes, code, family, world.clock.now()));

  it('CO-05 stand for all that the request said and no more than she gave', async () => {
    const form = {
      nonce: 'n',
      dpop_jkt: CHALLENGE,
      scope: 'openid photos.read',
      claims: '{"userinfo":{"name":null}}',
    };
    const order = await consent(form, ['openid']);
    const value = await issue(order);
    expect(value).toMatch(/^vk_ac_[\w-]{49}$/);
    const { id: sid, authTime, acr, amr } = SESSION;
    expect(await found(value)).toMatchObject({
      clientId: order.client.id,
      authorizationId: order.record.id,
      validUntil: world.clock.now() + 60_000,
      usedAt: null,
      content: {
        redirectUri: CALLBACK,
        codeChallenge: CHALLENGE,
        subject: 'account:alice',
        scopes: ['openid'],
        nonce: 'n',
        dpopJkt: CHALLENGE,
        claims: { userinfo: { name: null } },
        signIn: { sid, authTime, acr, amr },
        isNamedGrant: false,
      },
    });
  });

  it('are kept as digests, and found by exactly their value', async () => {
    const value = await issue(await consent());
    expect((await found(value)).hash).not.toContain(value.slice(6, 30));
    for (const other of [`${value}x`, value.toUpperCase(), value.replace('vk_ac_', 'vk_pr_'), ''])
      expect(await world.codes.find(other)).toBeUndefined();
  });

  it('IR-50 of an addition know what the grant says, and end refresh tokens one at a time, while that is all of it', async () => {
    const account = await world.account();
    const client = world.client();
    const add = async (form: Readonly<Record<string, string>>) => {
      const read = await world.read(requestForm(client.id, { grant_management_action: 'merge', ...form }));
      if (read.kind !== 'valid') throw new Error(read.reason);
      const { request } = read;
      const writes = new WriteSet();
      const given = { accountId: account, client, request, scopes: request.scopes };
      const record = await world.consents.give(writes, given, world.clock.now());
      const value = world.codes.issue(writes, { request, client, record, session: SESSION });
      await world.database.commit(writes);
      return found(value);
    };
    const { authorizationId } = await add({ grant_management_action: 'create', scope: 'openid photos.read' });
    const merge = { grant_id: authorizationId, claims: '{"userinfo":{"name":null}}' };
    const code = await add({ ...merge, scope: 'openid photos.write', resource: PHOTOS });
    expect(code).toMatchObject({
      content: { isMerge: true, scopes: ['openid', 'photos.write'] },
      recordScopes: ['openid', 'photos.read', 'photos.write'],
      terms: { authorizationId, resources: [PHOTOS], authorizationDetails: [], claims: ['name'] },
    });
    const end = (of: AuthorizationCode) =>
      commits(world.database, (writes) => world.consentTokens.endRefresh(writes, of, world.clock.now()));
    expect(await end(code)).toBe(true);
    // Of 50 at once each ends what the one before has begun.
    await race(50, (index) =>
      write(world.database, (writes) => {
        world.consentTokens.endRefresh(writes, code, world.clock.now());
        const id = `f_${account}_${index}`;
        world.families.insert(writes, { id, authorizationId, generation: 0, permissions: null, expiresAt: 1 });
      }),
    );
    expect(Number((await world.database.get<{ n: number }>(LIVING_FAMILIES, [authorizationId]))?.n)).toBe(1);
    const later = await add({ ...merge, scope: 'others.read' });
    expect([await end(code), await end(later)]).toEqual([false, true]);
  });

  it('CO-05 of 100 exchanges of one code exactly one wins, and its family is known to all', async () => {
    const value = await issue(await consent());
    const code = await found(value);
    const outcomes = await race(100, (index) => useAs(code, `family-${index}`));
    expect(winners(outcomes)).toBe(1);
    expect((await found(value)).familyId).toBe(`family-${outcomes.indexOf(true)}`);
  });

  it('are worth nothing once their authorization has ended', async () => {
    const order = await consent();
    const code = await found(await issue(order));
    const end = { id: order.record.id, owner: order.record.owner, by: 'owner', now: world.clock.now() } as const;
    await write(world.database, (writes) => world.authorizations.end(writes, end));
    expect(await useAs(code, 'f')).toBe(false);
    expect((await world.codeStore.find(code.hash))?.authorization.state).toBe('revoked');
  });

  it('PA-05 of 100 answers to one pushed request exactly one gets a code', async () => {
    const client = world.client();
    const { request_uri } = await world.reader.push(client, parametersOf(requestForm(client.id)));
    const read = await world.read({ client_id: client.id, request_uri });
    if (read.kind !== 'valid') throw new Error(read.reason);
    const writes = new WriteSet();
    const given = { accountId: SESSION.accountId, client, request: read.request, scopes: read.request.scopes };
    const record = await world.consents.give(writes, given, world.clock.now());
    await world.database.commit(writes);
    const order = { request: read.request, client, record, session: SESSION };
    const outcomes = await race(100, () => commits(world.database, (set) => void world.codes.issue(set, order)));
    expect(winners(outcomes)).toBe(1);
  });

  it('PA-05 a pushed request that was opened in time can be answered later', async () => {
    const client = world.client();
    const { request_uri } = await world.reader.push(client, parametersOf(requestForm(client.id)));
    const request = await world.pushed.peek(request_uri, client.id);
    await commits(world.database, (writes) => world.pushed.keep(writes, request ?? {}));
    world.clock.time += 1_800_000;
    await world.pushedStore.expire(world.clock.time, 1_000);
    expect(await world.pushed.peek(request_uri, client.id)).toBeUndefined();
    expect(await commits(world.database, (writes) => world.pushed.take(writes, request ?? {}))).toBe(true);
    expect(await commits(world.database, (writes) => world.pushed.take(writes, request ?? {}))).toBe(false);
  });

  it('attack class 264: a pushed request that nobody opened leaves with its lifetime', async () => {
    const client = world.client();
    const { request_uri, expires_in: lifetime } = await world.reader.push(client, parametersOf(requestForm(client.id)));
    const request = await world.pushed.peek(request_uri, client.id);
    world.clock.time += lifetime * 1_000;
    await world.pushedStore.expire(world.clock.time, 1_000);
    expect(await commits(world.database, (writes) => world.pushed.take(writes, request ?? {}))).toBe(false);
  });

  it('leave ten minutes after their end: until then reuse is recognised', async () => {
    const value = await issue(await consent());
    const code = await found(value);
    await world.codeStore.expire(code.validUntil + 599_999, 1_000);
    expect(await world.codes.find(value)).toBeDefined();
    await world.codeStore.expire(code.validUntil + 600_000, 1_000);
    expect(await world.codes.find(value)).toBeUndefined();
  });
});
