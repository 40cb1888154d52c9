import { randomUUID } from 'node:crypto';

import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

import { authorizationRequest } from '../support/authorization-request.js';
import { assertionForm } from '../support/client.js';
import { keyHolder } from '../support/dpop.js';
import { describeServer } from '../support/engines.js';
import type { Answer } from '../support/http.js';
import { REDIRECT, registrarOf } from '../support/registrar.js';
import { CALLBACK } from '../support/world.js';

const pairOf = async (alg: string) => {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: `any-${alg}`, use: 'sig' } };
};
const rsa = await pairOf('PS256');
const edwards = await pairOf('Ed25519');
/** The same RSA key as another algorithm takes it. */
const asRs256 = await crypto.subtle.importKey(
  'pkcs8',
  await crypto.subtle.exportKey('pkcs8', rsa.privateKey),
  { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  false,
  ['sign'],
);
const client = (id: string, jwk: object, pinned: object) => ({
  client_id: id,
  name: id,
  type: 'confidential',
  token_endpoint_auth_method: 'private_key_jwt',
  jwks: { keys: [jwk] },
  grant_types: ['authorization_code', 'client_credentials'],
  redirect_uris: [CALLBACK],
  scopes: ['openid', 'view', 'introspect'],
  ...pinned,
});
const CLIENTS = [
  client('free', rsa.jwk, {}),
  client('assertions', rsa.jwk, { token_endpoint_auth_signing_alg: 'PS256' }),
  client('objects', rsa.jwk, { request_object_signing_alg: 'PS256' }),
  client('edwards', edwards.jwk, {}),
  client('edwards-pinned', edwards.jwk, {
    token_endpoint_auth_signing_alg: 'EdDSA',
    request_object_signing_alg: 'Ed25519',
  }),
];
const CONFIG = { registration: { mode: 'open', clients_per_network: 1_000 } };
const outcome = (answer: Answer) => [answer.status, answer.json().error];
const OTHER = [401, 'invalid_client'];
const NO_OBJECT = [400, 'invalid_request_object'];

describeServer(
  'algorithms that a client registered for what it signs',
  { clients: CLIENTS, config: CONFIG },
  (server) => {
    const keyFor = (id: string, alg: string): CryptoKey => {
      if (id.startsWith('edwards')) return edwards.privateKey;
      return alg === 'RS256' ? asRs256 : rsa.privateKey;
    };
    const signed = (id: string, alg: string, claims: Readonly<Record<string, unknown>>) => {
      const now = Math.floor(Date.now() / 1000);
      const times = { iat: now, nbf: now, exp: now + 60, jti: randomUUID() };
      const kid = id.startsWith('edwards') ? edwards.jwk.kid : rsa.jwk.kid;
      return new SignJWT({ iss: id, aud: server().issuer, ...times, ...claims })
        .setProtectedHeader({ alg, kid })
        .sign(keyFor(id, alg));
    };
    const authentication = async (id: string, alg: string) => assertionForm(await signed(id, alg, { sub: id }));
    const grant = async (id: string, alg: string) => {
      const form = { grant_type: 'client_credentials', scope: 'view', ...(await authentication(id, alg)) };
      return outcome(await server().http.form('/token', form));
    };
    /** A request object of that algorithm, pushed by a client that authenticates well. */
    const push = async (id: string, alg: string, authenticatedBy: string) => {
      const request = await signed(id, alg, authorizationRequest({ client_id: id, scope: 'openid' }));
      const form = { client_id: id, request, ...(await authentication(id, authenticatedBy)) };
      return outcome(await server().http.form('/par', form));
    };

    it('61, 79 token_endpoint_auth_signing_alg: an assertion by another algorithm of the same key is invalid_client', async () => {
      for (const alg of ['PS256', 'RS256']) expect(await grant('free', alg)).toEqual([200, undefined]);
      expect(await grant('assertions', 'PS256')).toEqual([200, undefined]);
      expect(await grant('assertions', 'RS256')).toEqual(OTHER);
      for (const [path, form] of [
        ['/introspect', { token: 'x' }],
        ['/revoke', { token: 'x' }],
        ['/par', authorizationRequest({ client_id: 'assertions', scope: 'openid' })],
      ] as const) {
        const refused = await server().http.form(path, { ...form, ...(await authentication('assertions', 'RS256')) });
        expect([path, ...outcome(refused)]).toEqual([path, ...OTHER]);
        const taken = await server().http.form(path, { ...form, ...(await authentication('assertions', 'PS256')) });
        expect([path, taken.status < 300]).toEqual([path, true]);
      }
    });

    it('JA-03 17, 79 request_object_signing_alg: an object by another algorithm of the same key is invalid_request_object', async () => {
      for (const alg of ['PS256', 'RS256']) expect(await push('free', alg, 'PS256')).toEqual([201, undefined]);
      expect(await push('objects', 'PS256', 'RS256')).toEqual([201, undefined]);
      expect(await push('objects', 'RS256', 'RS256')).toEqual(NO_OBJECT);
      const request = await signed('objects', 'RS256', authorizationRequest({ client_id: 'objects', scope: 'openid' }));
      const query = new URLSearchParams({ client_id: 'objects', redirect_uri: CALLBACK, request }).toString();
      const { status, headers } = await server().http.get(`/authorize?${query}`);
      expect([status, new URL(headers.location ?? '').searchParams.get('error')]).toEqual([303, NO_OBJECT[1]]);
    });

    it('RFC 9864: Ed25519 and EdDSA are one algorithm, also to a client that named either', async () => {
      for (const alg of ['EdDSA', 'Ed25519']) {
        expect(await grant('edwards', alg)).toEqual([200, undefined]);
        expect(await push('edwards', alg, 'EdDSA')).toEqual([201, undefined]);
        const holder = await keyHolder(server(), alg);
        const headers = { dpop: await holder.proof('POST', '/token') };
        const form = { grant_type: 'client_credentials', scope: 'view', ...(await authentication('edwards', alg)) };
        const granted = await server().http.form('/token', form, { headers });
        expect(granted.json()).toMatchObject({ token_type: 'DPoP' });
      }
      expect(await grant('edwards-pinned', 'EdDSA')).toEqual([200, undefined]);
      expect(await grant('edwards-pinned', 'Ed25519')).toEqual([200, undefined]);
      expect(await push('edwards-pinned', 'Ed25519', 'EdDSA')).toEqual([201, undefined]);
      expect(await push('edwards-pinned', 'EdDSA', 'EdDSA')).toEqual([201, undefined]);
    });

    it('DC-01, DC-02 a client registers them, reads them, and cannot register what is not signed or not by its keys', async () => {
      const { register, registered, manage } = registrarOf(server());
      const pinned = { token_endpoint_auth_signing_alg: 'PS256', request_object_signing_alg: 'RS256' };
      const wish = {
        redirect_uris: [REDIRECT],
        token_endpoint_auth_method: 'private_key_jwt',
        introspection_signed_response_alg: 'ES256',
        jwks: { keys: [rsa.jwk] },
        ...pinned,
      };
      const who = await registered(wish);
      expect(who).toMatchObject({ ...pinned, introspection_signed_response_alg: 'ES256' });
      expect((await manage('GET', who)).json()).toMatchObject(pinned);
      for (const wrong of [
        ...['none', 'HS256', 'RS512', 'ES256', '', 7].flatMap((alg) => [
          { token_endpoint_auth_signing_alg: alg },
          { request_object_signing_alg: alg },
        ]),
        { token_endpoint_auth_method: 'client_secret_basic' },
        { introspection_signed_response_alg: 'none' },
      ]) {
        const answer = await register({ ...wish, ...wrong });
        expect([JSON.stringify(wrong), ...outcome(answer)]).toEqual([
          JSON.stringify(wrong),
          400,
          'invalid_client_metadata',
        ]);
      }
    });
  },
);
