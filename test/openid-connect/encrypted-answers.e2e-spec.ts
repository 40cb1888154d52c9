import {
  compactDecrypt,
  createRemoteJWKSet,
  type CryptoKey,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose';
import * as oauth from 'oauth4webapi';

import { describeEngines } from '../support/engines.js';
import { basic } from '../support/http.js';
import { type Server, startServer } from '../support/server.js';

const SECRET = 'reader-secret-reader-secret-reader-secret-00';
const INSECURE = { [oauth.allowInsecureRequests]: true };
const CASES = [
  { id: 'rsa', alg: 'RSA-OAEP-256', enc: 'A256GCM', kty: { modulusLength: 2048 } },
  { id: 'rsa-usual', alg: 'RSA-OAEP-256', enc: undefined, kty: { modulusLength: 2048 } },
  { id: 'ec', alg: 'ECDH-ES', enc: 'A128CBC-HS256', kty: { crv: 'P-256' } },
  { id: 'ec-wrapped', alg: 'ECDH-ES+A256KW', enc: 'A256GCM', kty: { crv: 'P-384' } },
  { id: 'x25519', alg: 'ECDH-ES+A256KW', enc: 'A128CBC-HS256', kty: { crv: 'X25519' } },
] as const;

describeEngines('OpenID Connect Core §10.2, §16.14: encrypted answers', (engine) => {
  const keys = new Map<string, { privateKey: CryptoKey; publicJwk: JWK }>();
  let running: Server;
  beforeAll(async () => {
    const client = async ({ id, alg, enc, kty }: (typeof CASES)[number]) => {
      const { privateKey, publicKey } = await generateKeyPair(alg, { ...kty, extractable: true });
      const publicJwk = { ...(await exportJWK(publicKey)), kid: `${id}-enc`, use: 'enc', alg };
      keys.set(id, { privateKey, publicJwk });
      const answers = (what: string) => ({
        [`${what}_encrypted_response_alg`]: alg,
        ...(enc !== undefined && { [`${what}_encrypted_response_enc`]: enc }),
      });
      return {
        client_id: id,
        name: id,
        type: 'confidential',
        secret: { env: 'READER_SECRET' },
        grant_types: ['refresh_token'],
        scopes: ['openid', 'profile', 'offline_access', 'introspect'],
        jwks: { keys: [publicJwk] },
        userinfo_signed_response_alg: 'ES256',
        ...answers('id_token'),
        ...answers('userinfo'),
        ...answers('introspection'),
      };
    };
    running = await startServer({
      engine,
      clients: await Promise.all(CASES.map(client)),
      env: { READER_SECRET: SECRET },
      connections: CASES.map(({ id }) => ({ account: 'alice', client: id, scope: 'openid profile', count: 2 })),
    });
  });
  afterAll(() => running?.dispose());

  const published = () => createRemoteJWKSet(new URL(`${running.issuer}/jwks`));
  const refreshed = async (id: string, which = 0) => {
    const at = CASES.findIndex((one) => one.id === id) * 2 + which;
    const form = { grant_type: 'refresh_token', refresh_token: running.connections[at]?.refresh_token ?? '' };
    const answer = await running.http.form('/token', form, { headers: { authorization: basic(id, SECRET) } });
    return { access: String(answer.json()['access_token']), idToken: String(answer.json()['id_token']) };
  };
  /** What is inside, after the outside was looked at. */
  const opened = async (jwe: string, { id, alg, enc }: (typeof CASES)[number]) => {
    expect(decodeProtectedHeader(jwe)).toMatchObject({
      alg,
      enc: enc ?? 'A128CBC-HS256',
      cty: 'JWT',
      kid: `${id}-enc`,
    });
    const { plaintext } = await compactDecrypt(jwe, keys.get(id)?.privateKey ?? new Uint8Array());
    return new TextDecoder().decode(plaintext);
  };

  it.each(CASES)('OC-01 $id has its ID token signed, then encrypted with $alg and $enc', async (one) => {
    const { idToken } = await refreshed(one.id);
    expect(idToken.split('.')).toHaveLength(5);
    const { payload } = await jwtVerify(await opened(idToken, one), published(), {
      issuer: running.issuer,
      audience: one.id,
    });
    expect(payload.sub).toMatch(/^sub_/);
  });

  it.each(CASES)('OC-05, IR-23 $id has UserInfo and introspection signed, then encrypted', async (one) => {
    const { access, idToken } = await refreshed(one.id, 1);
    const told = await running.http.get('/userinfo', { bearer: access });
    expect(told.headers['content-type']).toMatch(/^application\/jwt/);
    const claims = (await jwtVerify(await opened(told.text, one), published(), { audience: one.id })).payload;
    const { payload } = await jwtVerify(await opened(idToken, one), published());
    expect(claims).toMatchObject({ name: 'Alice Archer', sub: payload.sub });
    const accept = 'application/token-introspection+jwt';
    const headers = { authorization: basic(one.id, SECRET), accept };
    const seen = await running.http.form('/introspect', { token: access }, { headers });
    expect(seen.headers['content-type']).toBe(accept);
    const inside = await jwtVerify(await opened(seen.text, one), published(), {
      typ: 'token-introspection+jwt',
      audience: one.id,
    });
    expect(inside.payload['token_introspection']).toMatchObject({ active: true, client_id: one.id });
    // Without being asked for a JWT it is plain JSON, as ever.
    const plain = await running.http.form(
      '/introspect',
      { token: access },
      { headers: { authorization: basic(one.id, SECRET) } },
    );
    expect(plain.json()).toMatchObject({ active: true });
  });

  it('OC-05 a certified client reads them with its key', async () => {
    const issuer = new URL(running.issuer);
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE));
    const client = { client_id: 'ec', userinfo_signed_response_alg: 'ES256' };
    const { access, idToken } = await refreshed('ec');
    const { payload } = await jwtVerify(await opened(idToken, CASES[2]), published());
    const answer = await oauth.userInfoRequest(as, client, access, INSECURE);
    const jweDecrypt: oauth.JweDecryptFunction = async (jwe) =>
      new TextDecoder().decode((await compactDecrypt(jwe, keys.get('ec')?.privateKey ?? new Uint8Array())).plaintext);
    const claims = await oauth.processUserInfoResponse(as, client, String(payload.sub), answer, {
      [oauth.jweDecrypt]: jweDecrypt,
    });
    expect(claims.name).toBe('Alice Archer');
  });

  it('95, IR-24 what is advertised has no RSA1_5, no shared secret and no none', async () => {
    const metadata = (await running.http.get('/.well-known/openid-configuration')).json();
    for (const what of ['id_token', 'userinfo', 'introspection', 'authorization']) {
      expect(metadata[`${what}_encryption_alg_values_supported`]).toEqual([
        'RSA-OAEP-256',
        'ECDH-ES',
        'ECDH-ES+A256KW',
      ]);
      expect(metadata[`${what}_encryption_enc_values_supported`]).toEqual(['A128CBC-HS256', 'A256GCM']);
    }
  });

  it('95 an encryption key proves nothing: what is signed with it, or encrypted only, authenticates nobody', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    void publicKey;
    const claims = { iss: 'ec', sub: 'ec', aud: running.issuer, jti: 'j1' };
    const assertion = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid: 'ec-enc' })
      .setIssuedAt()
      .setExpirationTime('1m')
      .sign(privateKey);
    const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
    for (const one of [assertion, (await refreshed('ec')).idToken]) {
      const form = { grant_type: 'refresh_token', client_assertion_type: type, client_assertion: one };
      expect((await running.http.form('/token', form)).json()['error']).toBe('invalid_client');
    }
  });

  it('95, IR-25 an encrypted answer opens nothing', async () => {
    const { idToken } = await refreshed('rsa');
    expect((await running.http.get('/userinfo', { bearer: idToken })).status).toBe(401);
  });
});
