import { randomUUID } from 'node:crypto';
import { AuthorizationStore, RecordGenerations, rootAuthorization } from '@valetkey/authorizations';
import type { Client } from '@valetkey/clients';
import { DEFAULT_CLIENT_METADATA } from '@valetkey/clients';
import { Clock, sha256 } from '@valetkey/kernel';
import type { AuthorizationOptions, Decision, Granted, GrantedTarget, TargetResolver } from '@valetkey/oauth';
import {
  AuthorizationCodes,
  AuthorizationCodeStore,
  ConsentStore,
  ConsentTokens,
  FormParameters,
  PushedRequests,
  PushedRequestStore,
} from '@valetkey/oauth';
import { ConditionFailed, statement, WriteSet } from '@valetkey/persistence';
import { describeDatabases, race, write } from '@valetkey/testing';
import type { Confirmation } from '@valetkey/tokens';
import { TokenFamilyStore } from '@valetkey/tokens';
import { AuthorizationCodeGrant } from './authorization-code.grant.js';

const VERIFIER = 'willow-verifier-0123456789-abcdefghijklmnop-XYZ';
const PHOTOS = 'https://photos.example';
const CALLBACK = 'https://shop.example/cb';
const DETAIL = { type: 'payment', actions: ['initiate', 'status'] };
const FAMILY = statement('SELECT revoked_at FROM token_family WHERE id = ?');
const OPTIONS: AuthorizationOptions = {
  codeLifetime: 60_000,
  deviceCodeLifetime: 600_000,
  devicePollInterval: 5_000,
  pushedRequestLifetime: 90_000,
  requirePushedRequests: false,
  consentDays: [30],
  consentWithoutEnd: false,
  authorizationDetailsTypes: [
    {
      type: 'payment',
      displayName: 'Pay',
      ask: 'once',
      fields: [{ name: 'actions', kind: 'strings', required: false, values: null, maxLength: 20 }],
    },
  ],
};
const SHOP = {
  id: 'shop',
  grantTypes: ['authorization_code', 'refresh_token'],
  scopes: ['openid', 'offline_access', 'photos.read', 'email'],
  accessTokenFormat: 'jwt',
  metadata: { ...DEFAULT_CLIENT_METADATA, authorizationDetailsTypes: ['payment'], redirectUris: [CALLBACK] },
} as unknown as Client;

class SetClock extends Clock {
  time = 1_790_000_000_000;

  now(): number {
    return this.time;
  }
}

describeDatabases('grant authorization_code', (open) => {
  const clock = new SetClock();
  const families = new TokenFamilyStore();
  const database = () => open().database;
  const authorizations = () => new AuthorizationStore(database());
  const codes = () => {
    const pushed = new PushedRequests(new PushedRequestStore(database()), database(), clock, OPTIONS);
    return new AuthorizationCodes(new AuthorizationCodeStore(database()), pushed, clock, OPTIONS);
  };
  const targets: Pick<TargetResolver, 'resolveGrant'> = {
    resolveGrant: ({ granted: { scopes, resources } }): Promise<GrantedTarget> =>
      Promise.resolve({ target: { scopes, audience: PHOTOS }, granted: { scopes, resources } }),
  };
  const consentTokens = () => new ConsentTokens(new RecordGenerations(), families, new ConsentStore(database()));
  const grant = () =>
    new AuthorizationCodeGrant(codes(), targets as TargetResolver, families, consentTokens(), OPTIONS);

  const SCOPES = ['openid', 'offline_access', 'photos.read'];
  const begin = async (request: object = {}, scopes: readonly string[] = SCOPES) => {
    const owner = `account:${randomUUID()}` as const;
    const id = `g_${randomUUID()}`;
    const record = rootAuthorization({ id, origin: 'client', owner, clientId: SHOP.id, scopes }, clock.now());
    const asked = {
      clientId: SHOP.id,
      redirectUri: CALLBACK,
      responseMode: 'query' as const,
      scopes,
      resources: [],
      codeChallenge: sha256(VERIFIER),
      prompt: [],
      acrValues: [],
      uiLocales: [],
      ...request,
    };
    const session = { id: 'sid', accountId: owner.slice(8), authTime: 7, acr: 'phr', amr: ['hwk'] };
    let code = '';
    await write(database(), (writes) => {
      authorizations().insert(writes, record);
      code = codes().issue(writes, { request: asked, client: SHOP, record, session });
    });
    return { code, record };
  };
  const formOf = (code: string, changes: Readonly<Record<string, string | undefined>> = {}) => {
    const form = { code, redirect_uri: CALLBACK, code_verifier: VERIFIER, ...changes };
    const given = Object.entries(form).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, value]],
    );
    return FormParameters.parse(new URLSearchParams(given).toString());
  };
  /** As the engine runs a grant: what it wrote is committed, and it decides again when a condition failed. */
  const exchange = async (
    form: FormParameters,
    { client = SHOP, confirmation }: { client?: Client; confirmation?: Confirmation } = {},
  ): Promise<Decision> => {
    for (;;) {
      const writes = new WriteSet();
      const decision = await grant().authorize(grant().parse(form), { client, now: clock.now(), writes, confirmation });
      if (decision.outcome === 'granted') {
        const { familyId, generation, content } = decision.order;
        const { authorizationId } = content;
        families.insert(writes, {
          id: familyId ?? '',
          authorizationId,
          generation,
          permissions: null,
          expiresAt: clock.now() + 1_000_000,
        });
      }
      try {
        await database().commit(writes);
        return decision;
      } catch (cause) {
        if (!(cause instanceof ConditionFailed)) throw cause;
      }
    }
  };
  const granted = async (form: FormParameters, by: { confirmation?: Confirmation } = {}): Promise<Granted> => {
    const decision = await exchange(form, by);
    if (decision.outcome !== 'granted') throw new Error(decision.reason);
    return decision;
  };
  const revokedAt = async ({ order }: Granted) =>
    (await database().get<{ revoked_at: number | null }>(FAMILY, [order.familyId]))?.revoked_at;
  const refusedAs = (reason: string) => ({ outcome: 'refused', code: 'invalid_grant', reason });

  it('RFC 6749 4.1.3: gives what she consented to, with the sign-in it came from', async () => {
    const claims = { id_token: { email: null } };
    const { code, record } = await begin({ nonce: 'n', claims });
    const { order, members } = await granted(formOf(code));
    const signIn = { authTime: 7, acr: 'phr', amr: ['hwk'] };
    expect(order).toMatchObject({
      kind: 'at',
      format: 'jwt',
      content: {
        authorizationId: record.id,
        clientId: SHOP.id,
        subject: record.owner,
        scopes: SCOPES,
        signIn: { ...signIn, sid: 'sid' },
      },
      idToken: { nonce: 'n', claims },
    });
    expect(order.refresh?.content.signIn).toEqual({ ...signIn, sid: 'sid' });
    expect(members).toEqual({ scope: SCOPES.join(' ') });
  });

  it('OpenID Connect Core 11: gives a refresh token for offline_access only, an ID token for openid only', async () => {
    const plain = await granted(formOf((await begin({}, ['photos.read'])).code));
    expect([plain.order.refresh, plain.order.idToken]).toEqual([null, undefined]);
    const { code } = await begin();
    const decision = await exchange(formOf(code), { client: { ...SHOP, grantTypes: ['authorization_code'] } });
    expect(decision).toMatchObject({ outcome: 'granted', order: { refresh: null } });
  });

  it('tells the grant’s name to clients that manage grants', async () => {
    const { code, record } = await begin({ grantManagementAction: 'create' });
    expect((await granted(formOf(code))).members).toMatchObject({ grant_id: record.id });
  });

  it.each<[string, Readonly<Record<string, string | undefined>>, string]>([
    ['attack class 43: another verifier', { code_verifier: `${VERIFIER}a` }, 'verifier_mismatch'],
    ['CO-03 no verifier', { code_verifier: undefined }, 'verifier_mismatch'],
    ['CO-03 a verifier of 42 characters', { code_verifier: 'a'.repeat(42) }, 'verifier_mismatch'],
    ['CO-03 a verifier of 129 characters', { code_verifier: 'a'.repeat(129) }, 'verifier_mismatch'],
    ['CO-03 the challenge as verifier', { code_verifier: sha256(VERIFIER) }, 'verifier_mismatch'],
    ['attack class 42: another redirect URI', { redirect_uri: `${CALLBACK}/` }, 'code_of_another_redirect_uri'],
    ['attack class 42: no redirect URI', { redirect_uri: undefined }, 'code_of_another_redirect_uri'],
  ])('CO-05 refuses a code with %s, and leaves it good', async (_title, changes, reason) => {
    const { code } = await begin();
    expect(await exchange(formOf(code, changes))).toMatchObject(refusedAs(reason));
    expect((await exchange(formOf(code))).outcome).toBe('granted');
  });

  it('CO-04 redeems no code by a verifier for which there was no challenge', async () => {
    const { code } = await begin({ codeChallenge: '' });
    expect(await exchange(formOf(code))).toMatchObject(refusedAs('verifier_mismatch'));
  });

  it('attack class 40: refuses the code of another client, and neither uses nor ends anything', async () => {
    const { code } = await begin();
    const other = { ...SHOP, id: 'other' };
    expect(await exchange(formOf(code), { client: other })).toMatchObject(refusedAs('code_of_another_client'));
    const first = await granted(formOf(code));
    expect(await exchange(formOf(code), { client: other })).toMatchObject(refusedAs('code_of_another_client'));
    expect(await revokedAt(first)).toBeNull();
  });

  it.each(['x', 'vk_ac_', `vk_ac_${'a'.repeat(49)}`])('attack class 41: refuses %s as unknown', async (code) => {
    expect(await exchange(formOf(code))).toMatchObject(refusedAs('code_unknown'));
  });

  it('attack class 41: refuses a code with any character changed', async () => {
    const { code } = await begin();
    for (let index = 0; index < code.length; index += 1) {
      const changed = code.slice(0, index) + (code[index] === 'A' ? 'B' : 'A') + code.slice(index + 1);
      expect(await exchange(formOf(changed))).toMatchObject(refusedAs('code_unknown'));
    }
  });

  it('CO-05 attack class 44: refuses a code after 60 seconds', async () => {
    const [inTime, late] = [await begin(), await begin()];
    clock.time += 59_999;
    expect((await exchange(formOf(inTime.code))).outcome).toBe('granted');
    clock.time += 1;
    expect(await exchange(formOf(late.code))).toMatchObject(refusedAs('code_expired'));
  });

  it('CO-05 attack class 38: refuses a second use and ends what the first one gave, even after the code’s end', async () => {
    const { code } = await begin();
    const first = await granted(formOf(code));
    expect(await revokedAt(first)).toBeNull();
    clock.time += 300_000;
    const again = await exchange(formOf(code, { code_verifier: 'wrong' }));
    expect(again).toMatchObject({ ...refusedAs('code_used'), securityEvent: true });
    expect(await revokedAt(first)).toBe(clock.time);
  });

  it('CO-05 attack class 39: of 100 uses at once exactly one is granted, and the others end what it gave', async () => {
    const { code } = await begin();
    const decisions = await race(100, () => exchange(formOf(code)));
    const winners = decisions.filter((decision) => decision.outcome === 'granted');
    expect(winners).toHaveLength(1);
    expect(
      decisions.filter((decision) => decision.outcome === 'refused' && decision.reason === 'code_used'),
    ).toHaveLength(99);
    expect(await revokedAt(winners[0] as Granted)).not.toBeNull();
  });

  it('CO-01 attack class 210: redeems no code that went to an address that is not registered any more', async () => {
    const { code } = await begin();
    const moved = { ...SHOP, metadata: { ...SHOP.metadata, redirectUris: ['https://shop.example/new'] } };
    expect(await exchange(formOf(code), { client: moved })).toMatchObject(refusedAs('redirect_uri_unregistered'));
  });

  it('gives nothing once the owner has ended the authorization', async () => {
    const { code, record } = await begin();
    const end = { id: record.id, owner: record.owner, by: 'owner', now: clock.now() } as const;
    await write(database(), (writes) => authorizations().end(writes, end));
    expect(await exchange(formOf(code))).toMatchObject(refusedAs('authorization_ended'));
  });

  it('DP-08 takes a code that is bound to a key from whoever proves that key alone', async () => {
    const { code } = await begin({ dpopJkt: 'thumbprint' });
    for (const confirmation of [undefined, { jkt: 'another' }, { 'x5t#S256': 'thumbprint' }]) {
      expect(await exchange(formOf(code), { confirmation })).toMatchObject(refusedAs('code_of_another_key'));
    }
    expect((await granted(formOf(code), { confirmation: { jkt: 'thumbprint' } })).outcome).toBe('granted');
  });

  describe('RFC 9396 section 6: authorization_details', () => {
    const exchangeDetails = async (details?: unknown) => {
      const { code } = await begin({ authorizationDetails: [DETAIL] });
      return exchange(
        formOf(code, { authorization_details: details === undefined ? undefined : JSON.stringify(details) }),
      );
    };

    it('RA-03 come back as granted, and as asked where that is less', async () => {
      expect(await exchangeDetails()).toMatchObject({ members: { authorization_details: [DETAIL] } });
      const less = [{ ...DETAIL, actions: ['status'] }];
      expect(await exchangeDetails(less)).toMatchObject({ members: { authorization_details: less } });
    });

    it('RA-05 are in the token as far as they concern its audience, in the answer altogether', async () => {
      const elsewhere = { ...DETAIL, locations: ['https://mail.example'] };
      const { code } = await begin({ authorizationDetails: [DETAIL, elsewhere] });
      const { order, members } = await granted(formOf(code));
      expect(order.content.authorizationDetails).toEqual([DETAIL]);
      expect(order.refresh?.content.authorizationDetails).toEqual([DETAIL, elsewhere]);
      expect(members).toMatchObject({ authorization_details: [DETAIL, elsewhere] });
      const { code: other } = await begin({ authorizationDetails: [elsewhere] });
      expect((await granted(formOf(other))).order.content).not.toHaveProperty('authorizationDetails');
    });

    it('RA-04 are refused where they are more', async () => {
      const refusal = { code: 'invalid_authorization_details', reason: 'details_wider_than_granted' };
      await expect(exchangeDetails([{ ...DETAIL, actions: ['cancel'] }])).rejects.toMatchObject(refusal);
      const { code } = await begin();
      const form = formOf(code, { authorization_details: JSON.stringify([DETAIL]) });
      await expect(exchange(form)).rejects.toMatchObject(refusal);
    });
  });
});
