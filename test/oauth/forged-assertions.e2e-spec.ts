import { createPublicKey } from 'node:crypto';

import { exportJWK, generateKeyPair } from 'jose';

import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { signEs256, signHmac, signingInput } from '../support/raw-jws.js';
import { HEADER, signedShop } from '../support/signed-shop.js';

/** In milliseconds, and wide, as a busy machine is slow: work that grows faster than its input would take minutes. */
const SOON = 20_000;

describeServer('RFC 8725: forged client assertions (attack class 61)', { engines: ONE_ENGINE }, (server) => {
  const shop = () => signedShop(server());

  describe('header', () => {
    it.each([undefined, 'JWT', 'client-authentication+jwt'])('U-05 takes the type %s', async (typ) => {
      expect((await shop().present(await shop().signed({}, { ...HEADER, typ }))).status).toBe(200);
    });

    it.each([
      ...[
        'at+jwt',
        'application/at+jwt',
        'dpop+jwt',
        'oauth-authz-req+jwt',
        'logout+jwt',
        'secevent+jwt',
        'txntoken+jwt',
      ],
      ...['entity-statement+jwt', 'token-introspection+jwt', 'oauth-client-attestation+jwt', 'oauth-id-jag+jwt', ''],
    ])('J-14 refuses the type %j of another kind of JWT (attack class 86)', async (typ) => {
      await shop().isRefused(await shop().signed({}, { ...HEADER, typ }));
    });

    it.each(['none', 'None', 'NONE', 'nOnE', 'none ', '', undefined, null, ['ES256'], 0, '__proto__'])(
      'J-09 refuses the algorithm %j, signed or not (attack class 77)',
      async (alg) => {
        const header = { ...HEADER, alg };
        await shop().isRefused(`${signingInput(header, shop().claims())}.`);
        await shop().isRefused(signingInput(header, shop().claims()));
        await shop().isRefused(await shop().signed({}, header));
      },
    );

    it('J-09 refuses an HMAC made with the public key or with nothing (attack class 78)', async () => {
      const jwk = shop().publicJwk;
      const key = createPublicKey({ key: jwk, format: 'jwk' });
      const pem = key.export({ type: 'spki', format: 'pem' }).toString();
      const der = key.export({ type: 'spki', format: 'der' });
      const point = Buffer.concat([
        Buffer.from([4]),
        Buffer.from(jwk.x ?? '', 'base64url'),
        Buffer.from(jwk.y ?? '', 'base64url'),
      ]);
      const secrets = [
        pem,
        pem.trim(),
        der,
        der.toString('base64'),
        JSON.stringify(jwk),
        jwk.x ?? '',
        point,
        '',
        'secret',
        HEADER.kid,
      ];
      for (const secret of secrets)
        for (const [alg, hash] of [
          ['HS256', 'sha256'],
          ['HS512', 'sha512'],
          ['ES256', 'sha256'],
        ] as const)
          await shop().isRefused(signHmac({ ...HEADER, alg }, shop().claims(), secret, hash));
    });

    it.each(['ES384', 'ES512', 'ES256K', 'RS256', 'PS256', 'EdDSA', 'es256', 'ES256 '])(
      'J-09 refuses the algorithm %s, which is not the one of the key (attack class 79)',
      async (alg) => {
        await shop().isRefused(await shop().signed({}, { ...HEADER, alg }));
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
      for (const header of headers)
        await shop().isRefused(await signEs256({ ...HEADER, ...header }, shop().claims(), own));
    });

    it('ignores a key in the header next to a good signature', async () => {
      const { publicKey } = await generateKeyPair('ES256', { extractable: true });
      const assertion = await shop().signed({}, { ...HEADER, jwk: await exportJWK(publicKey) });
      expect((await shop().present(assertion)).status).toBe(200);
    });

    it.each([
      ...['signed-shop-2', '../../../dev/null', '/proc/self/environ', "' OR 1=1 --", 'http://127.0.0.1:9/key', '$(id)'],
      ...['__proto__', 'constructor', '', '\u0000', 'k'.repeat(20_000), 0, null, ['signed-shop-1'], { $ne: '' }, true],
    ])('refuses the kid %.30j (attack class 83)', async (kid) => {
      await shop().isRefused(await shop().signed({}, { ...HEADER, kid }));
    });

    it('takes an assertion without kid from a client with one key', async () => {
      expect((await shop().present(await shop().signed({}, { ...HEADER, kid: undefined }))).status).toBe(200);
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
      await shop().isRefused(await shop().signed({}, { ...HEADER, ...more }));
    });
  });

  describe('signature and form', () => {
    it('refuses signatures that are cut, zero, foreign, swapped or in another form (attack class 80)', async () => {
      const [assertion, other] = [await shop().signed(), await shop().signed()];
      const [header, payload, signature = ''] = assertion.split('.');
      const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551';
      const raw = Buffer.from(signature, 'base64url');
      const der = Buffer.concat([
        Buffer.from('30440220', 'hex'),
        raw.subarray(0, 32),
        Buffer.from('0220', 'hex'),
        raw.subarray(32),
      ]);
      const others = [
        Buffer.alloc(0),
        Buffer.alloc(64),
        Buffer.from(order + order, 'hex'),
        raw.subarray(0, 63),
        Buffer.concat([raw, Buffer.from([0])]),
        der,
        Buffer.from(other.split('.')[2] ?? '', 'base64url'),
      ];
      for (const bytes of others) await shop().isRefused(`${header}.${payload}.${bytes.toString('base64url')}`);
      await shop().isRefused(`${header}.${other.split('.')[1]}.${signature}`);
    });

    it('refuses what is no compact JWS in base64url (attack classes 94, 95)', async () => {
      const assertion = await shop().signed();
      const [header = '', payload = '', signature = ''] = assertion.split('.');
      const flattened = JSON.stringify({ protected: header, payload, signature });
      const texts = [
        ...[
          'x',
          '.',
          '..',
          '...',
          'a.b.c',
          `${assertion}.`,
          `.${assertion}`,
          `${assertion}.${signature}`,
          `Bearer ${assertion}`,
        ],
        ...[flattened, JSON.stringify({ payload, signatures: [{ protected: header, signature }] })],
        ...[
          ` ${assertion}`,
          `${assertion}\n`,
          `${header} .${payload}.${signature}`,
          `${header}.${payload}.${signature}==`,
        ],
        ...[
          assertion.replaceAll('-', '+').replaceAll('_', '/').replace('.', '=.'),
          `${header}.${payload}.${signature}%00`,
        ],
        ...[`${header}.a.b.c.d`, '.'.repeat(30_000), 'e30.e30.', 'bnVsbA.bnVsbA.'],
      ];
      for (const text of texts) {
        const answer = await shop().present(text);
        expect(['invalid_client', 'invalid_request']).toContain(answer.json().error);
      }
      expect((await shop().present(assertion)).status).toBe(200);
    });

    it('refuses an access token and an ID token as assertion (attack class 86)', async () => {
      const token = (await shop().present(await shop().signed())).json<{ access_token: string }>().access_token;
      await shop().isRefused(token);
      await shop().isRefused(
        await server().world.partner.idToken({ subject: 'signed-shop', audience: server().issuer }),
      );
    });

    it('answers JSON 10,000 deep and 2,000 members soon (attack class 96)', async () => {
      const began = Date.now();
      await shop().isRefused(await signEs256(HEADER, `${'['.repeat(10_000)}${']'.repeat(10_000)}`, shop().privateKey));
      const wide = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`m${index}`, index]));
      await shop().isRefused(await signEs256({ ...HEADER, alg: 'none', ...wide }, shop().claims(), shop().privateKey));
      expect(Date.now() - began).toBeLessThan(SOON);
    });
  });

  it('lets the honest client in after all the forgeries: they lock nobody out', async () => {
    expect((await shop().present(await shop().signed())).status).toBe(200);
  });
});
