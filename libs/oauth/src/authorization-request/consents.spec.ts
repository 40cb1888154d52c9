import { randomUUID } from 'node:crypto';
import type { AuthorizationDetail } from '@valetkey/tokens';
import type { AuthorizationRequest } from '../domain/authorization-request/authorization-request.js';
import { commits, describeDatabases, race, winners, write } from '@valetkey/testing';
import { statement, WriteSet } from '@valetkey/persistence';
import type { ConsentSpan } from '../domain/authorization-request/consent-span.js';
import type { ConsentGiven } from './consents.service.js';
import type { CodeContent } from './persistence/authorization-code.store.js';
import { CALLBACK, CHALLENGE, OTHERS, PHOTOS, RequestWorld } from './authorization-requests.fixture.js';

const NOW = 1_790_000_000_000;
const DAY = 86_400_000;
const FAMILY = statement('SELECT revoked_at, refresh_revoked_at FROM token_family WHERE id = ?');
const PRESENT = statement(
  `SELECT 1 AS one FROM token_family f JOIN authorization_record a ON a.id = f.authorization_id
   WHERE f.id = ? AND f.generation = a.generation`,
);
const PAYMENT = { type: 'payment', actions: ['initiate'] } as AuthorizationDetail;

describeDatabases('consents', (open) => {
  let world: RequestWorld;
  beforeAll(() => (world = new RequestWorld(open().database)));

  const requestOf = (clientId: string, changes: Partial<AuthorizationRequest> = {}): AuthorizationRequest => ({
    clientId,
    redirectUri: CALLBACK,
    responseMode: 'query',
    scopes: ['openid', 'photos.read', 'photos.write'],
    resources: [],
    codeChallenge: CHALLENGE,
    prompt: [],
    acrValues: [],
    uiLocales: [],
    ...changes,
  });
  /** One person and one client. */
  const pair = async (isEnabled = true) => {
    const accountId = await world.account(isEnabled);
    const client = world.client();
    const given = (scopes: string[], changes: Partial<AuthorizationRequest> = {}) => {
      return { accountId, client, request: requestOf(client.id, changes), scopes };
    };
    const give = async (scopes: string[], changes: Partial<AuthorizationRequest> = {}) => {
      const writes = new WriteSet();
      const record = await world.consents.give(writes, given(scopes, changes), NOW);
      await world.database.commit(writes);
      return record;
    };
    const find = () => world.consents.find(accountId, client.id);
    return { accountId, client, given, give, find };
  };
  const familyOf = async (authorizationId: string): Promise<string> => {
    const id = `f_${randomUUID()}`;
    const family = { id, authorizationId, generation: 0, permissions: null, expiresAt: NOW + 1_000_000 };
    await write(world.database, (writes) => world.families.insert(writes, family));
    return id;
  };
  const endsOf = (family: string) => world.database.get(FAMILY, [family]);
  const isOfPresentGeneration = async (family: string) => (await world.database.get(PRESENT, [family])) !== undefined;

  it('of an account that is disabled at that moment do not begin: nothing would suspend them', async () => {
    const { given, find } = await pair(false);
    const writes = new WriteSet();
    await world.consents.give(writes, given(['openid']), NOW);
    const began = await world.database.tryCommit(writes);
    expect([began, await find()]).toEqual([false, undefined]);
  });

  it('are authorization records of the person, made when she first gives', async () => {
    const { accountId, client, give, find } = await pair();
    expect(await find()).toBeUndefined();
    const record = await give(['openid', 'photos.read'], { resources: [PHOTOS], authorizationDetails: [PAYMENT] });
    expect(record).toMatchObject({
      origin: 'client',
      owner: `account:${accountId}`,
      clientId: client.id,
      state: 'active',
    });
    expect(await world.authorizations.find(record.id)).toEqual(record);
    expect(await find()).toEqual({
      authorizationId: record.id,
      version: 1,
      pendingUntil: NOW + 600_000,
      record,
      scopes: ['openid', 'photos.read'],
      resources: [PHOTOS],
      authorizationDetails: [PAYMENT],
      declined: [],
      claims: [],
      givenAt: NOW,
    });
  });

  it('grow by what she gives later, in the same record, and never shrink by asking less', async () => {
    const { give, find } = await pair();
    const first = await give(['openid'], { resources: [PHOTOS] });
    const second = await give(['photos.read'], { resources: [OTHERS], authorizationDetails: [PAYMENT] });
    const third = await give(['openid']);
    expect([second.id, third.id]).toEqual([first.id, first.id]);
    const terms = { scopes: ['openid', 'photos.read'], resources: [PHOTOS, OTHERS], authorizationDetails: [PAYMENT] };
    expect(await find()).toMatchObject(terms);
  });

  it('remember which optional scopes she left out, until she gives them', async () => {
    const { give, find } = await pair();
    const optionalScopes = ['photos.read', 'photos.write'];
    await give(['openid'], { optionalScopes });
    expect(await find()).toMatchObject({ scopes: ['openid'], declined: optionalScopes });
    await give(['openid', 'photos.write'], { optionalScopes });
    expect(await find()).toMatchObject({ scopes: ['openid', 'photos.write'], declined: ['photos.read'] });
    await give(['openid'], { optionalScopes: ['photos.write'] });
    expect(await find()).toMatchObject({ scopes: ['openid', 'photos.write'], declined: ['photos.read'] });
  });

  it('OC-05 remember claims that she gave one by one, unless she gave a scope that stands for them', async () => {
    const { give, find } = await pair();
    const claims = { userinfo: { name: null, email: null }, id_token: { locale: null } };
    await give(['openid'], { claims: { userinfo: { email: null } } });
    await give(['openid'], { claims });
    expect(await find()).toMatchObject({ scopes: ['openid'], claims: ['email', 'name', 'locale'] });
    const { give: giveScope, find: findScope } = await pair();
    await giveScope(['openid', 'profile'], { scopes: ['openid', 'profile'], claims });
    expect(await findScope()).toMatchObject({ scopes: ['openid', 'profile'], claims: ['email'] });
    await giveScope(['openid'], { scopes: ['openid'], claims });
    expect(await findScope()).toMatchObject({ claims: ['email'] });
  });

  it('are never wider than what was asked', async () => {
    const { given } = await pair();
    await expect(world.consents.give(new WriteSet(), given(['admin']), NOW)).rejects.toThrow('more was given');
  });

  it('are of one person and one client, whatever their names are', async () => {
    const [one, other] = [await pair(), await pair()];
    await one.give(['openid']);
    expect(await world.consents.find(other.accountId, one.client.id)).toBeUndefined();
    expect(await world.consents.find(one.accountId, other.client.id)).toBeUndefined();
    expect(await world.consents.find(`${one.accountId}","${one.client.id}`, '')).toBeUndefined();
  });

  it('end with their record, and begin anew in another', async () => {
    const { accountId, give, find } = await pair();
    const record = await give(['openid', 'photos.read']);
    await write(world.database, (writes) =>
      world.authorizations.end(writes, { id: record.id, owner: `account:${accountId}`, by: 'owner', now: NOW }),
    );
    expect(await find()).toBeUndefined();
    const next = await give(['openid']);
    expect(next.id).not.toBe(record.id);
    expect((await find())?.scopes).toEqual(['openid']);
  });

  it('last as long as she says, newest word for all of it; who is not asked changes no end', async () => {
    const { given, give, find } = await pair();
    const lasting = async (scopes: string[], lasts: ConsentSpan) => {
      const writes = new WriteSet();
      await world.consents.give(writes, { ...given(scopes), lasts }, NOW);
      await world.database.commit(writes);
      return (await find())?.record.expiresAt;
    };
    expect(await lasting(['openid'], 30)).toBe(NOW + 30 * DAY);
    expect(await lasting(['openid', 'photos.read'], 7)).toBe(NOW + 7 * DAY);
    await give(['photos.write']);
    expect((await find())?.record).toMatchObject({ expiresAt: NOW + 7 * DAY });
    expect(await lasting(['openid'], 'until_ended')).toBeNull();
  });

  it('for this time only are a record of their own, and no consent that is found again', async () => {
    const { given, find } = await pair();
    const writes = new WriteSet();
    const record = await world.consents.give(writes, { ...given(['openid']), lasts: 'once' }, NOW);
    await world.database.commit(writes);
    expect([record.partyKey, record.expiresAt, await find()]).toEqual([null, NOW + 3_600_000, undefined]);
  });

  it('that came to their end are not added to: another record begins', async () => {
    const { given, find } = await pair();
    const give = async (scopes: string[], now: number) => {
      const writes = new WriteSet();
      const record = await world.consents.give(writes, { ...given(scopes), lasts: 7 }, now);
      await world.database.commit(writes);
      return record.id;
    };
    const first = await give(['openid', 'photos.read'], NOW - 8 * DAY);
    expect(await find()).toBeUndefined();
    const second = await give(['openid'], NOW);
    expect(second).not.toBe(first);
    expect((await find())?.scopes).toEqual(['openid']);
    expect(await world.authorizations.find(first)).toMatchObject({ state: 'revoked' });
  });

  it('have the end that is preselected where nobody is asked for one, unless they only say who she is', async () => {
    const { accountId, client, given, give, find } = await pair();
    const days = (scopes: string[]) => world.consents.daysUnasked(accountId, client.id, { scopes, resources: [] });
    const endOfIt = async () => (await find())?.record.expiresAt;
    expect([await days(['openid', 'profile']), await days(['openid', 'offline_access'])]).toEqual([undefined, 30]);
    await give(['openid']);
    expect([await endOfIt(), await days(['openid', 'photos.read'])]).toEqual([null, 30]);
    await give(['photos.read']);
    expect([await endOfIt(), await days(['photos.write'])]).toEqual([NOW + 30 * DAY, undefined]);
    const endless = new WriteSet();
    await world.consents.give(endless, { ...given(['openid']), lasts: 'until_ended' }, NOW);
    await world.database.commit(endless);
    await give(['photos.write']);
    expect(await endOfIt()).toBeNull();
  });

  it.each(['active', 'suspended'])('%s ones that came to their end are over: another record begins', async (state) => {
    const { accountId, client, given, find } = await pair();
    const writes = new WriteSet();
    const old = await world.consents.give(writes, { ...given(['openid', 'photos.read']), lasts: 7 }, NOW - 8 * DAY);
    await world.database.commit(writes);
    const change = statement('UPDATE authorization_record SET state = ? WHERE id = ?');
    await write(world.database, (set) => set.expectOne(change, [state, old.id]));
    expect(await world.consents.isSuspended(accountId, client.id)).toBe(false);
    const again = new WriteSet();
    const next = await world.consents.give(again, given(['openid']), NOW);
    expect(await world.database.tryCommit(again)).toBe(true);
    expect([next.id === old.id, (await find())?.scopes]).toEqual([false, ['openid']]);
    expect(await world.authorizations.find(old.id)).toMatchObject({ state: 'revoked' });
  });

  it('IR-54 wait ten minutes for whoever fetches the first tokens, longer for a code that lasts longer', async () => {
    const { accountId, client, given } = await pair();
    const PENDING = statement('SELECT pending_until FROM authorization_consent WHERE authorization_id = ?');
    const pendingOf = async (now: number, more: Partial<ConsentGiven> = {}) => {
      const writes = new WriteSet();
      const { id } = await world.consents.give(writes, { ...given(['openid']), ...more }, now);
      await world.database.commit(writes);
      return (await world.database.get<{ pending_until: number | null }>(PENDING, [id]))?.pending_until;
    };
    expect(await pendingOf(NOW)).toBe(NOW + 600_000);
    // A second code before the first was redeemed has its own ten minutes, though nothing new is given.
    expect(await pendingOf(NOW + 5)).toBe(NOW + 600_005);
    expect(await pendingOf(NOW, { fetchableUntil: NOW + 1_800_000 })).toBe(NOW + 1_800_000);
    const record = await world.consents.find(accountId, client.id);
    const code = {
      hash: randomUUID(),
      clientId: client.id,
      authorizationId: record?.record.id ?? '',
      content: {} as CodeContent,
      validUntil: NOW + 60_000,
      expiresAt: NOW + 60_000,
    };
    await write(world.database, (writes) => world.codeStore.insert(writes, code));
    await write(world.database, (writes) => world.codeStore.use(writes, code, 'f', NOW));
    expect(await pendingOf(NOW + 9)).toBeNull();
  });

  it('IR-54 whose tokens were fetched before are not marked again by a later code', async () => {
    const { give, find } = await pair();
    const { id: authorizationId, clientId } = await give(['openid']);
    const redeem = async (content: Partial<CodeContent>) => {
      const hash = randomUUID();
      const code = {
        hash,
        clientId,
        authorizationId,
        content: content as CodeContent,
        validUntil: NOW,
        expiresAt: NOW,
      };
      await write(world.database, (writes) => world.codeStore.insert(writes, code));
      await write(world.database, (writes) => world.codeStore.use(writes, code, 'f', NOW));
      return (await find())?.pendingUntil;
    };
    // The row says otherwise here alone, to show whether it is written.
    expect(await redeem({ isFetched: true })).toBe(NOW + 600_000);
    expect(await redeem({})).toBeNull();
  });

  it('rest with their record', async () => {
    const { accountId, client, give } = await pair();
    expect(await world.consents.isSuspended(accountId, client.id)).toBe(false);
    const { id } = await give(['openid']);
    expect(await world.consents.isSuspended(accountId, client.id)).toBe(false);
    const suspend = statement(`UPDATE authorization_record SET state = 'suspended' WHERE id = ?`);
    await write(world.database, (writes) => writes.expectOne(suspend, [id]));
    expect(await world.consents.isSuspended(accountId, client.id)).toBe(true);
  });

  it('that 50 begin and widen at once are one record, and none of it is lost', async () => {
    const { accountId, given, find } = await pair();
    const scopes = ['openid', 'photos.read', 'photos.write'];
    const attempt = async (index: number) => {
      const writes = new WriteSet();
      await world.consents.give(writes, given([scopes[index % 3] ?? '']), NOW);
      return world.database.tryCommit(writes);
    };
    const outcomes = await race(50, async (index) => {
      let attempts = 1;
      while (!(await attempt(index))) attempts += 1;
      return attempts === 1;
    });
    expect(winners(outcomes)).toBeLessThan(50);
    expect((await world.authorizations.page(`account:${accountId}`, { limit: 10 })).items).toHaveLength(1);
    expect((await find())?.scopes.toSorted()).toEqual(scopes);
  });

  it('lose no resource of 20 that are given at once with the same scopes', async () => {
    const { given, give, find } = await pair();
    await give(['openid']);
    const resources = Array.from({ length: 20 }, (_, index) => `https://r${index}.example`);
    await race(20, async (index) => {
      for (;;) {
        const writes = new WriteSet();
        await world.consents.give(writes, given(['openid'], { resources: resources.slice(index, index + 1) }), NOW);
        if (await world.database.tryCommit(writes)) return;
      }
    });
    expect((await find())?.resources.toSorted()).toEqual(resources.toSorted());
  });

  it('fail as a condition when the record ended since they were read', async () => {
    const { accountId, given, give } = await pair();
    const record = await give(['openid']);
    const [same, wider] = [new WriteSet(), new WriteSet()];
    await world.consents.give(same, given(['openid']), NOW);
    await world.consents.give(wider, given(['photos.read']), NOW);
    await write(world.database, (writes) =>
      world.authorizations.end(writes, { id: record.id, owner: `account:${accountId}`, by: 'owner', now: NOW }),
    );
    expect(await world.database.tryCommit(same)).toBe(false);
    expect(await world.database.tryCommit(wider)).toBe(false);
  });

  describe('Grant Management: grants by name', () => {
    const CREATE = { grantManagementAction: 'create' } as const;

    it('IR-53 create makes another record each time, beside the usual one', async () => {
      const { give, find } = await pair();
      const usual = await give(['openid']);
      const [one, other] = [await give(['photos.read'], CREATE), await give(['photos.write'], CREATE)];
      expect(new Set([usual.id, one.id, other.id]).size).toBe(3);
      expect((await find())?.record.id).toBe(usual.id);
    });

    it('IR-50 merge adds to the named one; its refresh tokens stay good until those of the merge are fetched', async () => {
      const { give } = await pair();
      const grant = await give(['openid'], CREATE);
      const family = await familyOf(grant.id);
      const merged = await give(['photos.read'], { grantManagementAction: 'merge', grantId: grant.id });
      expect(merged).toMatchObject({ id: grant.id, scopes: ['openid', 'photos.read'] });
      expect(await endsOf(family)).toEqual({ revoked_at: null, refresh_revoked_at: null });
    });

    it('IR-51 replace leaves what is given now and voids its tokens and codes', async () => {
      const { give } = await pair();
      const grant = await give(['openid', 'photos.read'], { ...CREATE, resources: [PHOTOS] });
      const [family, other] = [await familyOf(grant.id), await familyOf((await give(['openid'], CREATE)).id)];
      const replaced = await give(['photos.write'], { grantManagementAction: 'replace', grantId: grant.id });
      expect(replaced).toMatchObject({ id: grant.id, scopes: ['photos.write'], generation: 1 });
      expect(await world.authorizations.find(grant.id)).toEqual(replaced);
      expect([await isOfPresentGeneration(family), await isOfPresentGeneration(other)]).toEqual([false, true]);
    });

    it('a grant of another person, of another client, or none is invalid_grant_id', async () => {
      const [one, other] = [await pair(), await pair()];
      const grant = await one.give(['openid'], CREATE);
      const merge = { grantManagementAction: 'merge', grantId: grant.id } as const;
      const refusal = { code: 'invalid_grant_id', reason: 'grant_unknown' };
      await expect(other.give(['openid'], merge)).rejects.toMatchObject(refusal);
      const foreign = { ...one.given(['openid'], merge), client: other.client };
      await expect(world.consents.give(new WriteSet(), foreign, NOW)).rejects.toMatchObject(refusal);
      await expect(one.give(['openid'], { ...merge, grantId: 'g_x' })).rejects.toMatchObject(refusal);
    });

    it('the reader refuses a grant of another client before anybody signs in', async () => {
      const [one, other] = [await pair(), await pair()];
      const grant = await one.give(['openid'], CREATE);
      const form = { scope: 'openid', grant_management_action: 'merge', grant_id: grant.id };
      const read = (id: string) =>
        world.read({
          client_id: id,
          response_type: 'code',
          redirect_uri: CALLBACK,
          code_challenge: CHALLENGE,
          code_challenge_method: 'S256',
          ...form,
        });
      expect(await read(one.client.id)).toMatchObject({ kind: 'valid', request: { grantId: grant.id } });
      expect(await read(other.client.id)).toMatchObject({ kind: 'error_answer', code: 'invalid_grant_id' });
    });
  });

  it('commit together with what else is in the write-set, or not at all', async () => {
    const { given, find } = await pair();
    const impossible = statement('UPDATE token_family SET id = id WHERE id = ?');
    const writes = new WriteSet();
    await world.consents.give(writes, given(['openid']), NOW);
    writes.expectOne(impossible, ['none']);
    expect(await commits(world.database, (set) => set.steps.push(...writes.steps))).toBe(false);
    expect(await find()).toBeUndefined();
  });
});
