import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { crc32 } from 'node:zlib';

import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose';

import { assertionForm, clientAssertion, clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { type Answer, basic } from '../support/http.js';
import { logged } from '../support/logged.js';
import { textMember } from '../support/uma.js';
import { entryOf, reconfigure } from '../uma-grant/photo-sharing.js';
import { type ClientName, OTHERS, PHOTOS } from '../support/world.js';

/** In milliseconds, and wide, as a busy machine is slow: work that grows faster than its input would take minutes. */
const SOON = 20_000;

const CONNECTIONS = [
  { account: 'alice', client: 'print-shop', scope: 'photos.read photos.write' },
  { account: 'alice', client: 'other-shop', scope: 'others.read' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations' },
  { account: 'alice', client: 'signed-shop', scope: 'photos.read' },
  { account: 'alice', client: 'print-shop', scope: 'openid photos.read' },
];
const INACTIVE = '{"active":false}';
/** A value in the form of our access tokens that is nobody's. */
function madeUp(): string {
  const body = `vk_at_${randomBytes(33).toString('base64url').slice(0, 43)}`;
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return body + checksum.toString('base64url');
}
const outcome = (answer: Answer) => [answer.status, answer.json().error];

describeServer('RFC 7662: introspection', { connections: CONNECTIONS }, (server) => {
  const connection = (index: number) => {
    const { access_token: access, refresh_token: refresh = '' } = server().connections[index] ?? { access_token: '' };
    return { access, refresh };
  };
  const ask = (token: string, who: ClientName = 'photo-service', form = {}) =>
    clientOf(server(), who).introspect(token, form);
  const fresh = async (who: ClientName, scope = 'photos.read') =>
    textMember(await clientOf(server(), who).clientCredentials({ scope }), 200, 'access_token');

  describe('who may ask', () => {
    it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('IR-01 answers %s with 405', async (method) => {
      const { access } = connection(0);
      const { secret = '' } = server().world.clients['photo-service'];
      const headers = { authorization: basic('photo-service', secret) };
      const answer = await server().http.send({ method, path: `/introspect?token=${access}`, headers });
      expect([answer.status, answer.headers.allow]).toEqual([405, 'POST']);
      expect(server().log()).not.toContain(access);
    });

    it('IR-02 answers nobody, a public client and a wrong secret with 401 invalid_client (attack class 65)', async () => {
      const { access: token } = connection(0);
      const { http } = server();
      const wrong = basic('photo-service', 'x'.repeat(40));
      const answers = [
        await http.form('/introspect', { token }),
        await http.form('/introspect', { token, client_id: 'public-app' }),
        await http.form('/introspect', { token, client_id: 'photo-service' }),
        await http.form('/introspect', { token }, { headers: { authorization: wrong } }),
      ];
      expect(answers.map(outcome)).toEqual(answers.map(() => [401, 'invalid_client']));
      expect(answers.at(-1)?.headers['www-authenticate']).toMatch(/^Basic /);
      for (const answer of answers) expect(answer.json()).not.toHaveProperty('active');
    });

    it('IR-02 answers a bearer token that is unknown with 401, one without the right with 403', async () => {
      const { http } = server();
      const token = connection(0).access;
      const unknown = await http.form('/introspect', { token }, { bearer: 'x' });
      const foreign = await http.form('/introspect', { token }, { bearer: token });
      const weak = await http.form('/introspect', { token }, { bearer: connection(2).access });
      expect([unknown, foreign, weak].map(outcome)).toEqual([
        [401, 'invalid_token'],
        [401, 'invalid_token'],
        [403, 'insufficient_scope'],
      ]);
    });

    it('answers a resource server by secret and by a token with the scope introspect alike', async () => {
      const { access } = connection(0);
      const bearer = await fresh('photo-service', 'introspect');
      const byToken = await server().http.form('/introspect', { token: access }, { bearer });
      expect(byToken.json()).toEqual((await ask(access)).json());
      expect(byToken.json().active).toBe(true);
    });

    it('U-04 answers a client that authenticates by an assertion for the issuer', async () => {
      const { access } = connection(3);
      const assertion = await clientAssertion(server().world.clients['signed-shop'], server().issuer);
      const answer = await server().http.form('/introspect', { token: access, ...assertionForm(assertion) });
      expect(answer.json()).toMatchObject({ active: true, client_id: 'signed-shop' });
    });
  });

  describe('what is told', () => {
    it('tells the members of RFC 7662 under their names, with text for the scope, and is not stored (IR-09)', async () => {
      const answer = await ask(connection(0).access);
      expect(answer.headers['cache-control']).toBe('no-store');
      const { exp, iat, ...rest } = answer.json<Record<string, unknown> & { exp: number; iat: number }>();
      expect(rest).toEqual({
        active: true,
        iss: server().issuer,
        aud: PHOTOS,
        client_id: 'print-shop',
        sub: expect.stringMatching(/^sub_[\w-]{43}$/) as string,
        scope: 'photos.read photos.write',
        token_type: 'Bearer',
        jti: expect.any(String) as string,
        grant_id: expect.any(String) as string,
      });
      expect(exp - iat).toBe(600);
      expect(Number.isInteger(exp) && Number.isInteger(iat)).toBe(true);
    });

    it('IR-05 names alice differently to each resource server, the same in opaque tokens and JWTs', async () => {
      const photos = (await ask(connection(0).access)).json().sub;
      const others = (await ask(connection(1).access, 'other-service')).json().sub;
      const jwt = connection(3).access;
      expect(others).toMatch(/^sub_/);
      expect(others).not.toBe(photos);
      expect((await ask(jwt)).json().sub).toBe(photos);
      expect(decodeJwt(jwt).sub).toBe(photos);
    });

    it('IR-05 shows a resource server the scopes of its own API, and no token without any of them', async () => {
      const { access } = connection(4);
      const scopes = async (who: ClientName) => (await ask(access, who)).json()['scope'];
      expect([await scopes('print-shop'), await scopes('photo-service')]).toEqual([
        'openid photos.read',
        'photos.read',
      ]);
      await reconfigure(server(), (settings) => {
        entryOf(settings, 'resource_servers', 'client_id', 'photo-service')['scopes'] = ['photos.write'];
      });
      expect(await scopes('print-shop')).toBe('openid photos.read');
      expect((await ask(access)).text).toBe(INACTIVE);
      await logged(server(), 'no_scope_left');
      await reconfigure(server(), (settings) => {
        entryOf(settings, 'resource_servers', 'client_id', 'photo-service')['scopes'] = ['photos.read', 'photos.write'];
      });
    });

    it('AT-05 the subject of a client of its own is the client, which no person is called (attack class 73)', async () => {
      const answer = await ask(await fresh('print-shop'));
      expect(answer.json()).toMatchObject({ sub: 'print-shop', client_id: 'print-shop' });
    });

    it('lets a client look at its own tokens', async () => {
      const answer = await ask(connection(0).access, 'print-shop');
      expect(answer.json()).toMatchObject({ active: true, aud: PHOTOS });
    });

    it.each(['refresh_token', 'pct', 'nonsense', '__proto__'])(
      'IR-06 finds the token in spite of the hint %s',
      async (hint) => {
        const answer = await ask(connection(0).access, 'photo-service', { token_type_hint: hint });
        expect(answer.json().active).toBe(true);
      },
    );

    it('IR-07 shows a refresh token to its own client only, whatever the hint', async () => {
      const { refresh } = connection(0);
      const own = await ask(refresh, 'print-shop', { token_type_hint: 'access_token' });
      expect(own.json()).toMatchObject({ active: true, client_id: 'print-shop' });
      for (const who of ['photo-service', 'other-shop'] as const)
        expect((await ask(refresh, who, { token_type_hint: 'refresh_token' })).text).toBe(INACTIVE);
    });

    it('IR-08 resource_id: the resource server itself is told, anything else is inactive', async () => {
      const { access } = connection(0);
      expect((await ask(access, 'photo-service', { resource_id: PHOTOS })).json().active).toBe(true);
      for (const id of [OTHERS, `${PHOTOS}/`, 'r_unknown', '\u00e9'])
        expect((await ask(access, 'photo-service', { resource_id: id })).text).toBe(INACTIVE);
      expect((await ask(access, 'print-shop', { resource_id: PHOTOS })).text).toBe(INACTIVE);
    });
  });

  describe('inactive', () => {
    it('IR-04 a token for another resource server, opaque or JWT (attack class 66)', async () => {
      const [photos, others] = [connection(0).access, connection(1).access];
      expect((await ask(photos, 'other-service')).text).toBe(INACTIVE);
      expect((await ask(others, 'photo-service')).text).toBe(INACTIVE);
      expect((await ask(connection(3).access, 'other-service')).text).toBe(INACTIVE);
      expect((await ask(photos, 'other-shop')).text).toBe(INACTIVE);
      expect((await ask(others, 'other-service')).json().active).toBe(true);
    });

    it('IR-03, CO-17 has one member and the same headers whatever the reason', async () => {
      const revoked = await fresh('print-shop');
      await clientOf(server(), 'print-shop').revoke(revoked);
      const { secret = '' } = server().world.clients['print-shop'];
      const values = ['x', revoked, connection(1).access, connection(0).refresh, secret, connection(2).access, 'a.b.c'];
      const answers = await Promise.all(values.map((value) => ask(value)));
      const shape = ({ status, text, headers }: Answer) => ({ status, text, headers: { ...headers, date: '' } });
      expect(answers[0]?.text).toBe(INACTIVE);
      for (const answer of answers) expect(shape(answer)).toEqual(shape(answers[0] as Answer));
    });

    it('AT-02 a JWT of ours that was changed, signed by others or made for other uses (attack class 67)', async () => {
      const real = connection(3).access;
      expect((await ask(real)).json().active).toBe(true);
      for (const forged of await forgeries(real)) {
        const answer = await ask(forged);
        expect(answer.text).toBe(INACTIVE);
        expect((await clientOf(server(), 'signed-shop').revoke(forged)).status).toBe(200);
      }
      expect((await ask(real)).json().active).toBe(true);
    });

    it.each([
      ['a token that is no text', '\ufffd\ud83d\ude00'],
      ['a long token', 'x'.repeat(32_000)],
      ['dots only', '.'.repeat(30_000)],
      ['SQL', "' OR '1'='1"],
    ])('%s, soon (attack classes 68, 96)', async (_what, token) => {
      const began = Date.now();
      expect((await ask(token)).text).toBe(INACTIVE);
      expect(Date.now() - began).toBeLessThan(SOON);
    });
  });

  it('refuses no token and two tokens with invalid_request', async () => {
    const photos = clientOf(server(), 'photo-service');
    const twice: [string, string][] = ['x', 'y'].map((token) => ['token', token]);
    for (const form of [{}, { token: '' }, twice])
      expect(outcome(await photos.post('/introspect', form))).toEqual([400, 'invalid_request']);
    const long = await photos.introspect('x'.repeat(40_000));
    expect(outcome(long)).toEqual([400, 'invalid_request']);
  });

  /** Asks as the other resource server about many values, fifty at a time. */
  async function askAll(values: readonly string[]): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (let start = 0; start < values.length; start += 50)
      answers.push(...(await Promise.all(values.slice(start, start + 50).map((value) => ask(value, 'other-service')))));
    return answers;
  }

  it('IR-10 locks a resource server out for no number of malformed and dead tokens', async () => {
    const dead = await fresh('other-shop', 'others.read');
    expect((await clientOf(server(), 'other-shop').revoke(dead)).status).toBe(200);
    const values = Array.from({ length: 1_050 }, (_, index) => (index % 2 === 0 ? dead : `vk_at_${index}`));
    const texts = new Set((await askAll(values)).map((answer) => answer.text));
    expect([...texts]).toEqual([INACTIVE]);
  });

  it('IR-10 slows a resource server down that guesses tokens, while live tokens stay active', async () => {
    const guesses = Array.from({ length: 1_001 }, () => madeUp());
    const slowed = (await askAll(guesses)).filter((answer) => answer.status === 429);
    expect(Number(slowed[0]?.headers['retry-after'])).toBeGreaterThan(0);
    expect((await ask(madeUp(), 'other-service')).status).toBe(429);
    expect((await ask(connection(1).access, 'other-service')).json().active).toBe(true);
    expect((await ask(madeUp())).text).toBe(INACTIVE);
  });

  /** What an attacker can make of a live JWT without the private key. */
  async function forgeries(real: string): Promise<string[]> {
    const [header = '', payload = '', signature = ''] = real.split('.');
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const protectedHeader = decodeProtectedHeader(real);
    const claims = decodeJwt(real);
    const wider = encode({ ...claims, scope: 'photos.read photos.write', jti: 'mine' });
    const { keys } = (await server().http.get('/jwks')).json<{ keys: Record<string, string>[] }>();
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const signed = (more: object) =>
      new SignJWT(claims).setProtectedHeader({ ...protectedHeader, alg: 'ES256', ...more }).sign(privateKey);
    const hmacOf = (secret: string) =>
      new SignJWT(claims)
        .setProtectedHeader({ ...protectedHeader, alg: 'HS256' })
        .sign(Buffer.from(secret.padEnd(32, ' ')));
    return [
      `${header}.${wider}.${signature}`,
      `${header}.${payload}.`,
      `${header}.${payload}`,
      `${header}.${payload}.${Buffer.alloc(64).toString('base64url')}`,
      `${encode({ ...protectedHeader, alg: 'none' })}.${payload}.`,
      `${encode({ ...protectedHeader, typ: 'JWT' })}.${payload}.${signature}`,
      `${encode({ ...protectedHeader, kid: undefined })}.${payload}.${signature}`,
      await signed({}),
      await signed({ kid: 'mine' }),
      await signed({ jwk: await exportJWK(publicKey) }),
      await signed({ typ: 'JWT' }),
      ...(await Promise.all(keys.map((key) => hmacOf(JSON.stringify(key))))),
    ];
  }
});

const SHORT = { config: { tokens: { access_token_lifetime: '1s' } } };

describeServer('RFC 7662: expired tokens', SHORT, (server) => {
  it('IR-03 are inactive from the second in which they end, opaque or JWT', async () => {
    const photos = clientOf(server(), 'photo-service');
    for (const client of ['print-shop', 'signed-shop'] as const) {
      const answer = await clientOf(server(), client).clientCredentials({ scope: 'photos.read' });
      const token = textMember(answer, 200, 'access_token');
      expect(answer.json().expires_in).toBe(1);
      await wait(1_050);
      expect((await photos.introspect(token)).text).toBe(INACTIVE);
      expect((await clientOf(server(), client).revoke(token)).status).toBe(200);
    }
  });
});
