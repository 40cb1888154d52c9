import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import type { Answer } from '../support/http.js';
import { textMember } from '../support/uma.js';
import { type ClientName, OTHERS, PHOTOS } from '../support/world.js';

const outcome = (answer: Answer) => [answer.status, answer.json().error];
const INSECURE = { [oauth.allowInsecureRequests]: true };

describeServer('RFC 6749 4.4: client credentials', {}, (server) => {
  const ask = (client: ClientName, form: Parameters<ReturnType<typeof clientOf>['clientCredentials']>[0]) =>
    clientOf(server(), client).clientCredentials(form);
  const tokenOf = async (client: ClientName, form = {}) =>
    textMember(await ask(client, { scope: 'photos.read', ...form }), 200, 'access_token');
  const seenBy = async (client: ClientName, token: string) =>
    (await clientOf(server(), client).introspect(token)).json();

  describe('RFC 9068: JWT access tokens', () => {
    it('AT-01 has the type at+jwt, an asymmetric signature and every required claim; nothing else', async () => {
      const before = Math.floor(Date.now() / 1000);
      const token = await tokenOf('signed-shop');
      expect(decodeProtectedHeader(token)).toEqual({
        alg: 'ES256',
        typ: 'at+jwt',
        kid: expect.any(String) as string,
      });
      const claims = decodeJwt(token);
      expect(claims).toEqual({
        iss: server().issuer,
        sub: 'signed-shop',
        aud: PHOTOS,
        client_id: 'signed-shop',
        scope: 'photos.read',
        iat: expect.any(Number) as number,
        exp: (claims.iat ?? 0) + 600,
        jti: expect.any(String) as string,
        grant_id: expect.any(String) as string,
      });
      expect(claims.iat).toBeGreaterThanOrEqual(before);
      expect(decodeJwt(await tokenOf('signed-shop')).jti).not.toBe(claims.jti);
    });

    it('AT-01 is verified by jose with the published keys alone, each key by its kid', async () => {
      const jwks = (await server().http.get('/jwks')).json() as unknown as JSONWebKeySet;
      const token = await tokenOf('signed-shop');
      const expected = { issuer: server().issuer, audience: PHOTOS, typ: 'at+jwt', algorithms: ['ES256'] };
      const { payload } = await jwtVerify(token, createLocalJWKSet(jwks), expected);
      expect(payload.client_id).toBe('signed-shop');
      const { kid } = decodeProtectedHeader(token);
      const others = { keys: jwks.keys.filter((key) => key.kid !== kid) };
      await expect(jwtVerify(token, createLocalJWKSet(others), expected)).rejects.toThrow();
    });

    it('AT-01, AT-02 is accepted by oauth4webapi for its audience and refused for another', async () => {
      const issuer = new URL(server().issuer);
      const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...INSECURE });
      const metadata = await oauth.processDiscoveryResponse(issuer, response);
      const token = await tokenOf('signed-shop');
      const request = () => new Request(PHOTOS, { headers: { authorization: `Bearer ${token}` } });
      const claims = await oauth.validateJwtAccessToken(metadata, request(), PHOTOS, INSECURE);
      expect(claims).toMatchObject({ sub: 'signed-shop', scope: 'photos.read' });
      await expect(oauth.validateJwtAccessToken(metadata, request(), OTHERS, INSECURE)).rejects.toThrow();
    });

    it('AT-04 is opaque where the scope belongs to no resource server', async () => {
      const token = await tokenOf('signed-shop', { scope: 'view' });
      expect(token).toMatch(/^vk_at_/);
      expect(await seenBy('signed-shop', token)).toMatchObject({ active: true, scope: 'view' });
      expect(await seenBy('photo-service', token)).toEqual({ active: false });
    });

    it('AT-05 names the client as subject, and no account can be called like it', async () => {
      expect(decodeJwt(await tokenOf('signed-shop')).sub).toBe('signed-shop');
    });
  });

  describe('RFC 8707: resource indicators', () => {
    it.each(['photos', '/photos', `${PHOTOS}#`, `${PHOTOS}#part`, '//photos.example', 'https://', ' '])(
      'RI-01 refuses %j, which is no absolute URI without fragment: invalid_target',
      async (resource) => {
        expect(outcome(await ask('print-shop', { resource }))).toEqual([400, 'invalid_target']);
      },
    );

    it.each([OTHERS, `${PHOTOS}/`, PHOTOS.toUpperCase(), 'https://photos.example.evil.example'])(
      'RI-02 refuses %s, which the client may not ask for: invalid_target',
      async (resource) => {
        expect(outcome(await ask('print-shop', { resource }))).toEqual([400, 'invalid_target']);
      },
    );

    it('RI-03 the audience is the resource, and the scope what the client has there', async () => {
      for (const [resource, scope, service] of [
        [PHOTOS, 'photos.read photos.write', 'photo-service'],
        [OTHERS, 'others.read', 'other-service'],
      ] as const) {
        const answer = await ask('other-shop', { resource });
        expect(answer.json().scope).toBe(scope);
        const seen = await seenBy(service, textMember(answer, 200, 'access_token'));
        expect(seen).toMatchObject({ aud: resource, scope });
      }
      const jwt = decodeJwt(await tokenOf('signed-shop', { resource: PHOTOS }));
      expect(jwt.aud).toBe(PHOTOS);
    });

    it('RI-03 refuses two resources: one token has one audience', async () => {
      const two: [string, string][] = [PHOTOS, OTHERS].map((resource) => ['resource', resource]);
      expect(outcome(await ask('other-shop', [...two, ['scope', 'photos.read']]))).toEqual([400, 'invalid_target']);
    });

    it('refuses a scope of another resource server than the one asked for: invalid_scope', async () => {
      const answer = await ask('other-shop', { resource: OTHERS, scope: 'photos.read' });
      expect(outcome(answer)).toEqual([400, 'invalid_scope']);
    });
  });

  describe('scope', () => {
    it('AT-04, CO-17 refuses scopes of several resource servers in one token', async () => {
      expect(outcome(await ask('other-shop', { scope: 'photos.read others.read' }))).toEqual([400, 'invalid_scope']);
      expect(outcome(await ask('signed-shop', { scope: 'photos.read view' }))).toEqual([400, 'invalid_scope']);
    });

    it('CO-17 gives what was asked for and no more', async () => {
      const seen = await seenBy('photo-service', await tokenOf('print-shop', { scope: 'photos.read' }));
      expect(seen).toMatchObject({ aud: PHOTOS, scope: 'photos.read' });
    });

    it.each([
      'others.read',
      'photos.read others.read',
      'PHOTOS.READ',
      'photos.*',
      'photos.read"',
      'a\\b',
      'authorizations',
    ])('refuses the scope %j with invalid_scope', async (scope) => {
      expect(outcome(await ask('print-shop', { scope }))).toEqual([400, 'invalid_scope']);
    });

    it('never opens this server’s own APIs by silence: uma_protection has to be asked for', async () => {
      const answer = await ask('photo-service', {});
      expect(outcome(answer)).toEqual([400, 'invalid_scope']);
    });

    it('gives a token for this server’s own API its issuer as audience', async () => {
      const pat = await tokenOf('photo-service', { scope: 'uma_protection' });
      expect(await seenBy('photo-service', pat)).toMatchObject({ aud: server().issuer, scope: 'uma_protection' });
    });
  });

  it('refuses a public client, whatever it is registered for: unauthorized_client', async () => {
    expect(outcome(await ask('public-app', { scope: 'photos.read' }))).toEqual([400, 'unauthorized_client']);
  });

  it('gives every one of 100 tokens asked for at once a value of its own', async () => {
    for (const client of ['print-shop', 'signed-shop'] as const) {
      const tokens = await Promise.all(Array.from({ length: 100 }, () => tokenOf(client)));
      expect(new Set(tokens).size).toBe(100);
      const last = tokens.at(-1) ?? '';
      expect(await seenBy('photo-service', last)).toMatchObject({ active: true });
    }
  });

  it('keeps opaque and JWT tokens over a restart', async () => {
    const tokens = [await tokenOf('print-shop'), await tokenOf('signed-shop')];
    await server().restart();
    for (const token of tokens) expect(await seenBy('photo-service', token)).toMatchObject({ active: true });
  });

  it('CO-13 takes no access token from query or form', async () => {
    const pat = await tokenOf('photo-service', { scope: 'introspect' });
    const { http } = server();
    const inQuery = await http.form(`/introspect?access_token=${pat}`, { token: 'x' });
    const inForm = await http.form('/introspect', { token: 'x', access_token: pat });
    expect([inQuery, inForm].map(outcome)).toEqual([
      [401, 'invalid_client'],
      [401, 'invalid_client'],
    ]);
  });
});
