import { randomUUID } from 'node:crypto';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { signEs256 } from '../support/raw-jws.js';
import { type Claims, HEADER, outcome, REFUSED, seconds, signedShop } from '../support/signed-shop.js';

describeServer('RFC 7523 and RFC 10070: private_key_jwt', {}, (server) => {
  const shop = () => signedShop(server());

  describe('audience', () => {
    it('U-01 takes the issuer as the sole audience, as text or as a list of one', async () => {
      for (const aud of [server().issuer, [server().issuer]])
        expect((await shop().present(await shop().signed({ aud }))).status).toBe(200);
    });

    it('U-01 refuses every other audience: endpoints, several, prefixes, shapes (attack class 88)', async () => {
      const { issuer } = server();
      const endpoints = ['/token', '/introspect', '/revoke', '/.well-known/openid-configuration'].map(
        (path) => issuer + path,
      );
      const spelled = [
        `${issuer}/`,
        `${issuer} `,
        ` ${issuer}`,
        issuer.toUpperCase(),
        issuer.slice(0, -1),
        `${issuer}0`,
        '',
      ];
      const lists = [
        [],
        [issuer, issuer],
        [issuer, `${issuer}/token`],
        [`${issuer}/token`],
        [[issuer]],
        ['signed-shop', issuer],
      ];
      const shapes = [undefined, null, 1, true, { 0: issuer, length: 1 }, 'signed-shop', '*'];
      for (const aud of [...endpoints, ...spelled, ...lists, ...shapes])
        await shop().isRefused(await shop().signed({ aud }));
    });

    it.each(['/introspect', '/revoke'])('U-04 holds the same rule at %s', async (path) => {
      expect((await shop().present(await shop().signed(), path)).status).toBe(200);
      for (const aud of [server().issuer + path, [server().issuer, server().issuer + path]])
        expect(outcome(await shop().present(await shop().signed({ aud }), path))).toEqual(REFUSED);
    });
  });

  describe('claims', () => {
    it.each([
      ...[undefined, null, '', 'print-shop', 'SIGNED-SHOP', 'signed-shop ', 'signed-shop/', 'nobody', '__proto__'],
      ...[
        ['signed-shop'],
        { $eq: 'signed-shop' },
        1,
        true,
        'signed-shop\u0000',
        'signed\u2010shop',
        's'.repeat(10_000),
      ],
    ])('J-02, J-03 refuses %.30j as iss, as sub and as both (attack classes 84, 89, 90)', async (name) => {
      await shop().isRefused(await shop().signed({ iss: name }));
      await shop().isRefused(await shop().signed({ sub: name }));
      await shop().isRefused(await shop().signed({ iss: name, sub: name }));
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
      await shop().isRefused(await shop().signed(Object.fromEntries(times) as Claims));
    });

    it.each([undefined, null, '', 'soon', '9999999999', '2030-01-01T00:00:00Z', true, [], {}, 0, -1])(
      'J-05 refuses exp %j (attack class 87)',
      async (exp) => {
        await shop().isRefused(await shop().signed({ exp }));
      },
    );

    it.each(['1e999', '-1e999', '9999999999999', '1e308'])('J-05 refuses the number %s as exp', async (number) => {
      const text = JSON.stringify(shop().claims({ exp: 0 })).replace('"exp":0', `"exp":${number}`);
      await shop().isRefused(await signEs256(HEADER, text, shop().privateKey));
    });

    it('J-05 takes fractions of a second for what they are (RFC 7519 2), and as single use', async () => {
      const text = JSON.stringify(shop().claims({ exp: 0 })).replace('"exp":0', `"exp":${seconds(60)}.1234567`);
      const assertion = await signEs256(HEADER, text, shop().privateKey);
      expect((await shop().present(assertion)).status).toBe(200);
      await shop().isRefused(assertion);
    });

    it.each(['', 'soon', String(seconds(0)), '2020-01-01T00:00:00Z', null, true, [1], {}, -1])(
      'J-06, J-07 refuses %j as nbf and as iat (attack class 87)',
      async (value) => {
        await shop().isRefused(await shop().signed({ nbf: value }));
        await shop().isRefused(await shop().signed({ iat: value }));
      },
    );

    it.each(['1e999', '-1e999', '-1e308', '9999999999999'])(
      'J-06, J-07 refuses the number %s as nbf and as iat (attack class 87)',
      async (number) => {
        for (const name of ['nbf', 'iat']) {
          const text = JSON.stringify(shop().claims({ [name]: 0 })).replace(`"${name}":0`, `"${name}":${number}`);
          await shop().isRefused(await signEs256(HEADER, text, shop().privateKey));
        }
      },
    );

    it('J-06, J-07 refuses an assertion that ends before it begins or was issued', async () => {
      await shop().isRefused(await shop().signed({ exp: seconds(5), nbf: seconds(20) }));
      await shop().isRefused(await shop().signed({ exp: seconds(5), iat: seconds(20) }));
    });

    it('J-06, J-07 needs neither nbf nor iat', async () => {
      expect((await shop().present(await shop().signed({ iat: undefined }))).status).toBe(200);
      expect((await shop().present(await shop().signed({ nbf: seconds(-3600) }))).status).toBe(200);
    });

    it('J-08 takes a jti of any characters up to 256', async () => {
      expect((await shop().present(await shop().signed({ jti: `${'j'.repeat(250)}\u0000\n"€` }))).status).toBe(200);
    });

    it.each([undefined, null, '', 1, {}, ['x'], 'j'.repeat(257), 'j'.repeat(20_000)])(
      'J-08 refuses jti %.20j (attack class 93)',
      async (jti) => {
        await shop().isRefused(await shop().signed({ jti }));
      },
    );

    it.each(['iss', 'sub', 'aud', 'exp', 'jti'])('J-10 refuses %s twice (attack class 91)', async (name) => {
      const good = shop().claims();
      const text = JSON.stringify(good).replace('{', `{"${name}":${JSON.stringify(good[name])},`);
      await shop().isRefused(await signEs256(HEADER, text, shop().privateKey));
      const escaped = text.replace(`{"${name}"`, `{"\\u00${name.charCodeAt(0).toString(16)}${name.slice(1)}"`);
      await shop().isRefused(await signEs256(HEADER, escaped, shop().privateKey));
    });

    it('J-10 refuses alg twice in the header', async () => {
      const text = JSON.stringify(HEADER).replace('{', '{"alg":"none",');
      await shop().isRefused(await signEs256(text, shop().claims(), shop().privateKey));
    });

    it('takes nothing from claims that do not belong here (attack class 92)', async () => {
      const more = {
        scope: 'uma_protection',
        client_id: 'photo-service',
        act: { sub: 'alice' },
        permissions: [],
        cnf: {},
      };
      const answer = await shop().present(await shop().signed({ ...more, __proto__x: { isAdmin: true } }));
      const token = answer.json<{ access_token: string }>().access_token;
      const seen = (await clientOf(server(), 'photo-service').introspect(token)).json();
      expect(seen).toMatchObject({ active: true, client_id: 'signed-shop', scope: 'photos.read', sub: 'signed-shop' });
      for (const name of ['act', 'cnf', 'permissions']) expect(seen).not.toHaveProperty(name);
    });
  });

  describe('replay', () => {
    it('J-08 refuses the second use, at this endpoint and every other (attack class 62)', async () => {
      const paths = ['/token', '/introspect', '/revoke'];
      for (const first of paths) {
        const assertion = await shop().signed();
        expect((await shop().present(assertion, first)).status).toBe(200);
        for (const path of paths) expect(outcome(await shop().present(assertion, path))).toEqual(REFUSED);
      }
    });

    it('J-08 knows the jti, not the text: the same jti in another assertion is a replay (attack class 93)', async () => {
      const jti = randomUUID();
      expect((await shop().present(await shop().signed({ jti }))).status).toBe(200);
      await shop().isRefused(await shop().signed({ jti, exp: seconds(90) }));
      await shop().isRefused(await shop().signed({ jti }, { ...HEADER, typ: 'JWT' }));
    });

    it('J-08 lets exactly one of 50 at once through, over all endpoints', async () => {
      const assertion = await shop().signed();
      const paths = ['/token', '/introspect', '/revoke'];
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => shop().present(assertion, paths[index % paths.length])),
      );
      expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
      const refused = answers.filter((answer) => answer.status !== 200);
      expect(refused.map(outcome)).toEqual(refused.map(() => REFUSED));
    });

    it('J-08 remembers over a restart', async () => {
      const assertion = await shop().signed();
      expect((await shop().present(assertion)).status).toBe(200);
      await server().restart();
      await shop().isRefused(assertion);
    });

    it('does not use an assertion up that was refused', async () => {
      const jti = randomUUID();
      await shop().isRefused(await shop().signed({ jti, aud: 'https://elsewhere.example' }));
      expect((await shop().present(await shop().signed({ jti }))).status).toBe(200);
    });
  });

  it('counts no other method for this client (attack class 57)', async () => {
    const asSecret = await server().http.form('/token', {
      grant_type: 'client_credentials',
      client_id: 'signed-shop',
      client_secret: await shop().signed(),
    });
    expect(outcome(asSecret)).toEqual(REFUSED);
    for (const type of ['urn:ietf:params:oauth:client-assertion-type:saml2-bearer', 'jwt', ''])
      expect(outcome(await shop().present(await shop().signed(), '/token', { client_assertion_type: type }))).toEqual(
        REFUSED,
      );
    const other = await shop().present(await shop().signed(), '/token', { client_id: 'print-shop' });
    expect(outcome(other)).toEqual(REFUSED);
    expect((await shop().present(await shop().signed(), '/token', { client_id: 'signed-shop' })).status).toBe(200);
  });
});
