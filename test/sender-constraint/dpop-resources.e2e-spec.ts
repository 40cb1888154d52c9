import { assertionForm, clientAssertion, clientOf } from '../support/client.js';
import { accessTokenHash, type KeyHolder, keyHolder } from '../support/dpop.js';
import { describeServer } from '../support/engines.js';
import { type Answer, basic } from '../support/http.js';
import type { Server } from '../support/server.js';
import { textMember } from '../support/uma.js';

const LIST = '/uma/resources/';

/** An access token of the photo service for this server's own APIs, bound to a key. */
async function boundPat(server: Server, holder: KeyHolder): Promise<string> {
  const { secret = '' } = server.world.clients['photo-service'];
  const headers = { authorization: basic('photo-service', secret), dpop: await holder.proof('POST', '/token') };
  const form = { grant_type: 'client_credentials', scope: 'uma_protection' };
  return textMember(await server.http.form('/token', form, { headers }), 200, 'access_token');
}

async function barePat(server: Server): Promise<string> {
  const answer = await clientOf(server, 'photo-service').clientCredentials({ scope: 'uma_protection' });
  return textMember(answer, 200, 'access_token');
}

/** Every kind of API of this server: plain routes, controllers, introspection by token. */
const APIS: readonly (readonly [method: string, path: string])[] = [
  ['GET', LIST],
  ['POST', '/uma/permission'],
  ['POST', '/introspect'],
  ['GET', '/me/policies'],
];

const outcome = (answer: Answer) => [answer.status, answer.json().error];
const challengeOf = (answer: Answer) => answer.headers['www-authenticate'] ?? '';

describeServer('RFC 9449 §7: protected resources', { issuerPath: '/t1' }, (server) => {
  let holder: KeyHolder;
  let token: string;
  beforeEach(async () => {
    holder = await keyHolder(server());
    token = await boundPat(server(), holder);
  });

  const call = (method: string, path: string, headers: Record<string, string> | readonly string[]) =>
    path === '/introspect'
      ? server().http.form(path, { token: 'x' }, { headers })
      : server().http.send({ method, path, headers });
  const list = async (...claims: Parameters<KeyHolder['presented']>[3][]) =>
    call('GET', LIST, await holder.presented('GET', LIST, token, claims[0]));

  it('DP-06, UF-09 takes a bound token with a proof for this request and token', async () => {
    expect((await list()).status).toBe(200);
    const path = `${LIST}?limit=1`;
    const headers = await holder.presented('GET', LIST, token);
    expect((await call('GET', path, { ...headers, authorization: `dpop ${token}` })).status).toBe(200);
    const asked = await holder.presented('POST', '/introspect', token);
    expect((await call('POST', '/introspect', asked)).json()).toEqual({ active: false });
  });

  it.each(APIS)(
    'DP-06, UF-09 %s %s takes a bound token for no bearer token (attack class 182)',
    async (method, path) => {
      const proven = await holder.presented(method, path, token);
      for (const headers of [{ authorization: `Bearer ${token}` }, { ...proven, authorization: `Bearer ${token}` }]) {
        const answer = await call(method, path, headers);
        expect(outcome(answer)).toEqual([401, 'invalid_token']);
        expect(answer.headers['www-authenticate']).toMatch(
          /^(DPoP .*error="invalid_token"|Bearer .*error="invalid_token")/,
        );
      }
    },
  );

  it.each(APIS)('DP-06 %s %s takes no bearer token with a proof (attack class 182)', async (method, path) => {
    const bare = await barePat(server());
    const answer = await call(method, path, await holder.presented(method, path, bare));
    expect(outcome(answer)).toEqual([401, 'invalid_token']);
  });

  it('DP-03, DP-06 refuses a proof that does not fit: 401 with a DPoP challenge (attack classes 181, 182)', async () => {
    const good = { authorization: `DPoP ${token}` };
    const proof = (claims: object) => holder.proof('GET', LIST, { ath: accessTokenHash(token), ...claims });
    const bad: (Record<string, string> | readonly string[])[] = [
      good,
      { ...good, dpop: await proof({ ath: undefined }) },
      { ...good, dpop: await proof({ ath: accessTokenHash('another') }) },
      { ...good, dpop: await proof({ htm: 'POST' }) },
      { ...good, dpop: await proof({ htu: `${server().issuer}/me/policies` }) },
      { ...good, dpop: await proof({ iat: Math.floor(Date.now() / 1000) - 120 }) },
      ['authorization', good.authorization, 'dpop', await proof({}), 'dpop', await proof({})],
    ];
    for (const headers of bad) {
      const answer = await call('GET', LIST, headers);
      expect(outcome(answer)).toEqual([401, 'invalid_dpop_proof']);
      expect(challengeOf(answer)).toMatch(
        /^DPoP realm="valetkey", resource_metadata="[^"]+", error="invalid_dpop_proof", algs="ES256 /,
      );
    }
  });

  it('DP-06 refuses a proof of another key: 401 invalid_token', async () => {
    const thief = await keyHolder(server());
    const answer = await call('GET', LIST, await thief.presented('GET', LIST, token));
    expect(outcome(answer)).toEqual([401, 'invalid_token']);
    expect((await list()).status).toBe(200);
  });

  it('DP-02 takes a proof once, of a hundred at once too (attack class 185)', async () => {
    const headers = await holder.presented('GET', LIST, token);
    const answers = await Promise.all(Array.from({ length: 100 }, () => call('GET', LIST, headers)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const answer of answers.filter(({ status }) => status !== 200))
      expect(outcome(answer)).toEqual([401, 'invalid_dpop_proof']);
  });

  it('DP-03, SU-01 a challenge without a token names both schemes', async () => {
    const answer = await call('GET', LIST, {});
    expect(challengeOf(answer)).toMatch(
      /^Bearer realm="valetkey", resource_metadata="[^"]+", DPoP realm="valetkey", resource_metadata="[^"]+", algs="ES256 /,
    );
  });

  it('a token that lacks the scope is told so in the scheme that it came in', async () => {
    const answer = await call('GET', '/me/policies', await holder.presented('GET', '/me/policies', token));
    expect(outcome(answer)).toEqual([403, 'insufficient_scope']);
    expect(challengeOf(answer)).toMatch(/^DPoP .*error="insufficient_scope", scope="authorizations"/);
  });
});

const DEMANDING = { config: { tokens: { require_dpop_nonce: true } } };

describeServer('RFC 9449 §8, §9: nonces', DEMANDING, (server) => {
  const ask = async (dpop: string | undefined) => {
    const { secret = '' } = server().world.clients['photo-service'];
    const headers = { authorization: basic('photo-service', secret), ...(dpop !== undefined && { dpop }) };
    return server().http.form(
      '/token',
      { grant_type: 'client_credentials', scope: 'uma_protection' },
      {
        headers,
      },
    );
  };

  it('DP-04 demands one at the token endpoint: 400 use_dpop_nonce (attack class 184)', async () => {
    const holder = await keyHolder(server());
    for (const nonce of [undefined, 'made-up', '']) {
      const answer = await ask(await holder.proof('POST', '/token', { nonce }));
      expect(outcome(answer)).toEqual([400, 'use_dpop_nonce']);
      expect(answer.headers['dpop-nonce']).toMatch(/^[\w-]{43}$/);
    }
    expect((await ask(undefined)).headers).not.toHaveProperty('dpop-nonce');
  });

  it('DP-04 every answer to a proof has the nonce for the next, and resources demand it too: 401', async () => {
    const holder = await keyHolder(server());
    const nonce = (await ask(await holder.proof('POST', '/token'))).headers['dpop-nonce'];
    const answer = await ask(await holder.proof('POST', '/token', { nonce }));
    expect(answer.status).toBe(200);
    // The next one, as nonces change with time: each is good, in an answer of the token endpoint or of a resource.
    const second = String(answer.headers['dpop-nonce']);
    const token = textMember(answer, 200, 'access_token');
    const without = await server().http.get(LIST, { headers: await holder.presented('GET', LIST, token) });
    expect(outcome(without)).toEqual([401, 'use_dpop_nonce']);
    expect(challengeOf(without)).toMatch(/^DPoP .*error="use_dpop_nonce"/);
    const third = String(without.headers['dpop-nonce']);
    for (const next of [second, third]) {
      const headers = await holder.presented('GET', LIST, token, { nonce: next });
      const shown = await server().http.get(LIST, { headers });
      expect([shown.status, shown.headers['dpop-nonce']]).toEqual([200, expect.stringMatching(/^[\w-]{43}$/)]);
    }
  });

  it('DP-04 stays the same over a restart: it is stored nowhere', async () => {
    const holder = await keyHolder(server());
    const nonce = (await ask(await holder.proof('POST', '/token'))).headers['dpop-nonce'];
    await server().restart();
    expect((await ask(await holder.proof('POST', '/token', { nonce }))).status).toBe(200);
  });

  it('DP-04 a client assertion that came without a nonce may come again with one, and then never (attack class 62)', async () => {
    const holder = await keyHolder(server());
    const assertion = await clientAssertion(server().world.clients['signed-shop'], server().issuer);
    const send = async (nonce?: string) =>
      server().http.form(
        '/token',
        { grant_type: 'client_credentials', scope: 'photos.read', ...assertionForm(assertion) },
        { headers: { dpop: await holder.proof('POST', '/token', { nonce }) } },
      );
    const first = await send();
    expect(outcome(first)).toEqual([400, 'use_dpop_nonce']);
    expect((await send(first.headers['dpop-nonce'] as string)).status).toBe(200);
    expect(outcome(await send(first.headers['dpop-nonce'] as string))).toEqual([401, 'invalid_client']);
  });
});
