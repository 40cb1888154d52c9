import { createPublicKey, randomUUID } from 'node:crypto';

import { exportJWK, generateKeyPair, type JWK } from 'jose';

import { assertionForm, clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import type { Answer } from '../support/http.js';
import { type JsonText, signEs256, signHmac, signingInput } from '../support/raw-jws.js';

type Claims = Readonly<Record<string, unknown>>;

const KID = 'signed-shop-1';
const HEADER = { alg: 'ES256', typ: 'client-authentication+jwt', kid: KID };
const REFUSED = [401, 'invalid_client'];
const outcome = (answer: Answer) => [answer.status, answer.json().error];
const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset;

describeServer('RFC 7523 and RFC 10070: private_key_jwt', {}, (server) => {
  const shop = () => server().world.clients['signed-shop'];
  const privateKey = () => {
    const { key } = shop();
    if (!key) throw new Error('signed-shop has no key');
    return key;
  };
  const publicJwk = () => {
    const { clients } = server().world.settings as { clients: { client_id: string; jwks?: { keys: JWK[] } }[] };
    const [jwk] = clients.find((client) => client.client_id === 'signed-shop')?.jwks?.keys ?? [];
    if (!jwk) throw new Error('signed-shop has no public key');
    return jwk;
  };
  /** A good assertion, with other claims or without some (`undefined`). */
  const claims = (changed: Claims = {}): Claims => ({
    iss: 'signed-shop',
    sub: 'signed-shop',
    aud: server().issuer,
    iat: seconds(0),
    exp: seconds(60),
    jti: randomUUID(),
    ...changed,
  });
  const signed = (changed: Claims = {}, header: JsonText = HEADER) => signEs256(header, claims(changed), privateKey());
  const present = (assertion: string, path = '/token', more: Record<string, string> = {}) => {
    const form = path === '/token' ? { grant_type: 'client_credentials', scope: 'photos.read' } : { token: 'x' };
    return server().http.form(path, { ...form, ...assertionForm(assertion), ...more });
  };
  const isRefused = async (assertion: string) => {
    const answer = await present(assertion);
    expect(outcome(answer)).toEqual(REFUSED);
    expect(answer.json()).not.toHaveProperty('access_token');
    expect(server().log()).not.toContain(assertion);
  };
  afterAll(async () => {
    // After all the forgeries the honest client still gets in: it is not locked out by them.
    expect((await present(await signed())).status).toBe(200);
  });

  describe('audience', () => {
    it('U-01 takes the issuer as the sole audience, as text or as a list of one', async () => {
      for (const aud of [server().issuer, [server().issuer]])
        expect((await present(await signed({ aud }))).status).toBe(200);
    });

    it('U-01 refuses every other audience: endpoints, several, prefixes, shapes (attack class 88)', async () => {
      const { issuer } = server();
      const endpoints = ['/token', '/introspect', '/revoke', '/.well-known/openid-configuration'].map((path) => issuer + path);
      const spelled = [`${issuer}/`, `${issuer} `, ` ${issuer}`, issuer.toUpperCase(), issuer.slice(0, -1), `${issuer}0`, ''];
      const lists = [[], [issuer, issuer], [issuer, `${issuer}/token`], [`${issuer}/token`], [[issuer]], ['signed-shop', issuer]];
      const shapes = [undefined, null, 1, true, { 0: issuer, length: 1 }, 'signed-shop', '*'];
      for (const aud of [...endpoints, ...spelled, ...lists, ...shapes]) await isRefused(await signed({ aud }));
    });

    it.each(['/introspect', '/revoke'])('U-04 holds the same rule at %s', async (path) => {
      expect((await present(await signed(), path)).status).toBe(200);
      for (const aud of [server().issuer + path, [server().issuer, server().issuer + path]])
        expect(outcome(await present(await signed({ aud }), path))).toEqual(REFUSED);
    });
  });

  describe('header', () => {
    it.each([undefined, 'JWT', 'client-authentication+jwt'])('U-05 takes the type %s', async (typ) => {
      expect((await present(await signed({}, { ...HEADER, typ }))).status).toBe(200);
    });

    it.each([
      ...['at+jwt', 'application/at+jwt', 'dpop+jwt', 'oauth-authz-req+jwt', 'logout+jwt', 'secevent+jwt', 'txntoken+jwt'],
      ...['entity-statement+jwt', 'token-introspection+jwt', 'oauth-client-attestation+jwt', 'oauth-id-jag+jwt', ''],
    ])('J-14 refuses the type %j of another kind of JWT (attack class 86)', async (typ) => {
      await isRefused(await signed({}, { ...HEADER, typ }));
    });

    it.each(['none', 'None', 'NONE', 'nOnE', 'none ', '', undefined, null, ['ES256'], 0, '__proto__'])(
      'J-09 refuses the algorithm %j, signed or not (attack class 77)',
      async (alg) => {
        const header = { ...HEADER, alg };
        await isRefused(`${signingInput(header, claims())}.`);
        await isRefused(signingInput(header, claims()));
        await isRefused(await signed({}, header));
      },
    );

    it('J-09 refuses an HMAC made with the public key or with nothing (attack class 78)', async () => {
      const jwk = publicJwk();
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      const pem = key.export({ type: 'spki', format: 'pem' }).toString();
      const der = key.export({ type: 'spki', format: 'der' });
      const point = Buffer.concat([Buffer.from([4]), Buffer.from(jwk.x ?? '', 'base64url'), Buffer.from(jwk.y ?? '', 'base64url')]);
      const secrets = [pem, pem.trim(), der, der.toString('base64'), JSON.stringify(jwk), jwk.x ?? '', point, '', 'secret', KID];
      for (const secret of secrets)
        for (const [alg, hash] of [['HS256', 'sha256'], ['HS512', 'sha512'], ['ES256', 'sha256']] as const)
          await isRefused(signHmac({ ...HEADER, alg }, claims(), secret, hash));
    });

    it.each(['ES384', 'ES512', 'ES256K', 'RS256', 'PS256', 'EdDSA', 'es256', 'ES256 '])(
      'J-09 refuses the algorithm %s, which is not the one of the key (attack class 79)',
      async (alg) => {
        await isRefused(await signed({}, { ...HEADER, alg }));
      },
    );

    it('refuses an attacker’s key under a trusted name, or brought along (attack classes 81, 82)', async () => {
      const { privateKey: own, publicKey } = await generateKeyPair('ES256', { extractable: true });
      const jwk = await exportJWK(publicKey);
      const headers = [
        {},
        { kid: undefined },
        { kid: 'mine' },
        { jwk },
        { kid: undefined, jwk },
        { jwk, kid: 'mine' },
        { jku: 'http://127.0.0.1:9/keys' },
        { x5u: 'http://127.0.0.1:9/chain' },
        { x5c: [Buffer.from('certificate').toString('base64')] },
        { x5t: 'AAAA' },
      ];
      for (const header of headers) await isRefused(await signEs256({ ...HEADER, ...header }, claims(), own));
    });

    it('ignores a key in the header next to a good signature', async () => {
      const { publicKey } = await generateKeyPair('ES256', { extractable: true });
      const assertion = await signed({}, { ...HEADER, jwk: await exportJWK(publicKey) });
      expect((await present(assertion)).status).toBe(200);
    });

    it.each([
      ...['signed-shop-2', '../../../dev/null', '/proc/self/environ', "' OR 1=1 --", 'http://127.0.0.1:9/key', '$(id)'],
      ...['__proto__', 'constructor', '', '\u0000', 'k'.repeat(20_000), 0, null, ['signed-shop-1'], { $ne: '' }, true],
    ])('refuses the kid %.30j (attack class 83)', async (kid) => {
      await isRefused(await signed({}, { ...HEADER, kid }));
    });

    it('takes an assertion without kid from a client with one key', async () => {
      expect((await present(await signed({}, { ...HEADER, kid: undefined }))).status).toBe(200);
    });

    it.each([
      { crit: ['urn:example:unknown'], 'urn:example:unknown': true },
      { crit: [] },
      { crit: 'b64' },
      { crit: ['exp'] },
      { crit: ['b64', 'b64'], b64: true },
      { crit: ['b64'], b64: false },
      { crit: ['b64'], b64: true },
      { b64: false },
      { b64: true },
      { crit: null },
    ])('J-10 refuses %j (attack class 85)', async (more) => {
      await isRefused(await signed({}, { ...HEADER, ...more }));
    });
  });

  describe('claims', () => {
    it.each([
      ...[undefined, null, '', 'print-shop', 'SIGNED-SHOP', 'signed-shop ', 'signed-shop/', 'nobody', '__proto__'],
      ...[['signed-shop'], { $eq: 'signed-shop' }, 1, true, 'signed-shop\u0000', 'signed\u2010shop', 's'.repeat(10_000)],
    ])('J-02, J-03 refuses %.30j as iss, as sub and as both (attack classes 84, 89, 90)', async (name) => {
      await isRefused(await signed({ iss: name }));
      await isRefused(await signed({ sub: name }));
      await isRefused(await signed({ iss: name, sub: name }));
    });

    it.each([
      ['exp in the past', { exp: -60 }],
      ['exp ten years ahead', { exp: 315_360_000 }],
      ['exp eleven minutes ahead', { exp: 660 }],
      ['nbf in the future', { nbf: 120 }],
      ['iat in the future', { iat: 120 }],
      ['iat eleven minutes ago', { iat: -660 }],
    ])('J-05, J-06, J-07 refuses %s', async (_what, offsets) => {
      const times = Object.entries(offsets).map(([name, offset]) => [name, seconds(offset)]);
      await isRefused(await signed(Object.fromEntries(times) as Claims));
    });

    it.each([undefined, null, '', 'soon', '9999999999', '2030-01-01T00:00:00Z', true, [], {}, 0, -1])(
      'J-05 refuses exp %j (attack class 87)',
      async (exp) => {
        await isRefused(await signed({ exp }));
      },
    );

    it.each(['1e999', '-1e999', '9999999999999', '1e308'])('J-05 refuses the number %s as exp', async (number) => {
      const text = JSON.stringify(claims({ exp: 0 })).replace('"exp":0', `"exp":${number}`);
      await isRefused(await signEs256(HEADER, text, privateKey()));
    });

    it('J-05 takes fractions of a second for what they are (RFC 7519 2), and as single use', async () => {
      const text = JSON.stringify(claims({ exp: 0 })).replace('"exp":0', `"exp":${seconds(60)}.1234567`);
      const assertion = await signEs256(HEADER, text, privateKey());
      expect((await present(assertion)).status).toBe(200);
      await isRefused(assertion);
    });

    it.each(['soon', null, true, [1]])('J-06, J-07 refuses %j as nbf and as iat', async (value) => {
      await isRefused(await signed({ nbf: value }));
      await isRefused(await signed({ iat: value }));
    });

    it.each([undefined, null, '', 1, {}, ['x'], 'j'.repeat(257)])('J-08 refuses jti %.20j (attack class 93)', async (jti) => {
      await isRefused(await signed({ jti }));
    });

    it.each(['iss', 'sub', 'aud', 'exp', 'jti'])('J-10 refuses %s twice (attack class 91)', async (name) => {
      const good = claims();
      const text = JSON.stringify(good).replace('{', `{"${name}":${JSON.stringify(good[name])},`);
      await isRefused(await signEs256(HEADER, text, privateKey()));
      const escaped = text.replace(`{"${name}"`, `{"\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}"`);
      await isRefused(await signEs256(HEADER, escaped, privateKey()));
    });

    it('J-10 refuses alg twice in the header', async () => {
      const text = JSON.stringify(HEADER).replace('{', '{"alg":"none",');
      await isRefused(await signEs256(text, claims(), privateKey()));
    });

    it('takes nothing from claims that do not belong here (attack class 92)', async () => {
      const more = { scope: 'uma_protection', client_id: 'photo-service', act: { sub: 'alice' }, permissions: [], cnf: {} };
      const answer = await present(await signed({ ...more, '__proto__x': { isAdmin: true } }));
      const token = answer.json<{ access_token: string }>().access_token;
      const seen = (await clientOf(server(), 'photo-service').introspect(token)).json();
      expect(seen).toMatchObject({ active: true, client_id: 'signed-shop', scope: 'photos.read', sub: 'signed-shop' });
      for (const name of ['act', 'cnf', 'permissions']) expect(seen).not.toHaveProperty(name);
    });
  });

  describe('signature and form', () => {
    it('refuses signatures that are cut, zero, foreign, swapped or in another form (attack class 80)', async () => {
      const [assertion, other] = [await signed(), await signed()];
      const [header, payload, signature = ''] = assertion.split('.');
      const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
      const raw = Buffer.from(signature, 'base64url');
      const der = Buffer.concat([Buffer.from('30440220', 'hex'), raw.subarray(0, 32), Buffer.from('0220', 'hex'), raw.subarray(32)]);
      const others = [
        Buffer.alloc(0),
        Buffer.alloc(64),
        Buffer.from(order + order, 'hex'),
        raw.subarray(0, 63),
        Buffer.concat([raw, Buffer.from([0])]),
        der,
        Buffer.from(other.split('.')[2] ?? '', 'base64url'),
      ];
      for (const bytes of others) await isRefused(`${header}.${payload}.${bytes.toString('base64url')}`);
      await isRefused(`${header}.${other.split('.')[1]}.${signature}`);
    });

    it('refuses what is no compact JWS in base64url (attack classes 94, 95)', async () => {
      const assertion = await signed();
      const [header = '', payload = '', signature = ''] = assertion.split('.');
      const flattened = JSON.stringify({ protected: header, payload, signature });
      const texts = [
        ...['x', '.', '..', '...', 'a.b.c', `${assertion}.`, `.${assertion}`, `${assertion}.${signature}`, `Bearer ${assertion}`],
        ...[flattened, JSON.stringify({ payload, signatures: [{ protected: header, signature }] })],
        ...[` ${assertion}`, `${assertion}\n`, `${header} .${payload}.${signature}`, `${header}.${payload}.${signature}==`],
        ...[assertion.replaceAll('-', '+').replaceAll('_', '/').replace('.', '=.'), `${header}.${payload}.${signature}%00`],
        ...[`${header}.a.b.c.d`, '.'.repeat(30_000), 'e30.e30.', 'bnVsbA.bnVsbA.'],
      ];
      for (const text of texts) {
        const answer = await present(text);
        expect(['invalid_client', 'invalid_request']).toContain(answer.json().error);
      }
      expect((await present(assertion)).status).toBe(200);
    });

    it('refuses an access token and an ID token as assertion (attack class 86)', async () => {
      const token = (await present(await signed())).json<{ access_token: string }>().access_token;
      await isRefused(token);
      await isRefused(await server().world.partner.idToken({ subject: 'signed-shop', audience: server().issuer }));
    });

    it('answers JSON 10,000 deep and 20,000 members within a second (attack class 96)', async () => {
      const began = Date.now();
      await isRefused(await signEs256(HEADER, `${'['.repeat(10_000)}${']'.repeat(10_000)}`, privateKey()));
      const wide = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`m${index}`, index]));
      await isRefused(await signEs256({ ...HEADER, alg: 'none', ...wide }, claims(), privateKey()));
      expect(Date.now() - began).toBeLessThan(1_000);
    });
  });

  describe('replay', () => {
    it('J-08 refuses the second use, at this endpoint and every other (attack class 62)', async () => {
      const paths = ['/token', '/introspect', '/revoke'];
      for (const first of paths) {
        const assertion = await signed();
        expect((await present(assertion, first)).status).toBe(200);
        for (const path of paths) expect(outcome(await present(assertion, path))).toEqual(REFUSED);
      }
    });

    it('J-08 knows the jti, not the text: the same jti in another assertion is a replay (attack class 93)', async () => {
      const jti = randomUUID();
      expect((await present(await signed({ jti }))).status).toBe(200);
      await isRefused(await signed({ jti, exp: seconds(90) }));
      await isRefused(await signed({ jti }, { ...HEADER, typ: 'JWT' }));
    });

    it('J-08 lets exactly one of 50 at once through, over all endpoints', async () => {
      const assertion = await signed();
      const paths = ['/token', '/introspect', '/revoke'];
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => present(assertion, paths[index % paths.length])),
      );
      expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
      const refused = answers.filter((answer) => answer.status !== 200);
      expect(refused.map(outcome)).toEqual(refused.map(() => REFUSED));
    });

    it('J-08 remembers over a restart', async () => {
      const assertion = await signed();
      expect((await present(assertion)).status).toBe(200);
      await server().restart();
      await isRefused(assertion);
    });

    it('does not use an assertion up that was refused', async () => {
      const jti = randomUUID();
      await isRefused(await signed({ jti, aud: 'https://elsewhere.example' }));
      expect((await present(await signed({ jti }))).status).toBe(200);
    });
  });

  it('counts no other method for this client (attack class 57)', async () => {
    const asSecret = await server().http.form('/token', {
      grant_type: 'client_credentials',
      client_id: 'signed-shop',
      client_secret: await signed(),
    });
    expect(outcome(asSecret)).toEqual(REFUSED);
    for (const type of ['urn:ietf:params:oauth:client-assertion-type:saml2-bearer', 'jwt', ''])
      expect(outcome(await present(await signed(), '/token', { client_assertion_type: type }))).toEqual(REFUSED);
    const other = await present(await signed(), '/token', { client_id: 'print-shop' });
    expect(outcome(other)).toEqual(REFUSED);
    expect((await present(await signed(), '/token', { client_id: 'signed-shop' })).status).toBe(200);
  });
});
