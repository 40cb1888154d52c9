import { compactDecrypt, createRemoteJWKSet, decodeProtectedHeader, exportJWK, jwtVerify } from 'jose';
import * as client from 'openid-client';

import { authorizationRequest } from '../support/authorization-request.js';
import { describeEngines } from '../support/engines.js';
import { FormBrowser, type Shown } from '../support/form-browser.js';
import { type Answer, basic } from '../support/http.js';
import { type EncryptionKey, encryptionKey, KeyHost } from '../support/key-host.js';
import { allowed, givePassword } from '../support/person.js';
import { REDIRECT, registrarOf } from '../support/registrar.js';
import { type Server, startServer } from '../support/server.js';
import { CALLBACK } from '../support/world.js';

const SECRET = 'remote-secret-remote-secret-remote-secret-00';
const TOKEN_TYPE = 'application/token-introspection+jwt';
const outcome = (answer: Answer) => [answer.status, answer.json().error];
const signing = { use: 'sig', alg: 'RS256', kid: 'signatures' };

/** How the clients of this file want what is for them. */
const answers = (alg: string) => ({
  id_token_encrypted_response_alg: alg,
  userinfo_encrypted_response_alg: alg,
  userinfo_encrypted_response_enc: 'A256GCM',
  introspection_encrypted_response_alg: alg,
});
const remote = (id: string, jwksUri: string, alg = 'ECDH-ES', more: object = {}) => ({
  client_id: id,
  name: id,
  type: 'confidential',
  secret: { env: 'REMOTE_SECRET' },
  grant_types: ['refresh_token'],
  scopes: ['openid', 'profile', 'offline_access', 'introspect'],
  jwks_uri: jwksUri,
  userinfo_signed_response_alg: 'ES256',
  ...answers(alg),
  ...more,
});

describeEngines('OpenID Connect Core §10.2: keys of clients at their addresses', (engine) => {
  const IDS = ['remote', 'unsigned', 'mute', 'keyless', 'inside'] as const;
  let running: Server;
  let host: KeyHost;
  let inside: KeyHost;
  let ec: EncryptionKey;
  let rsa: EncryptionKey;
  beforeAll(async () => {
    [host, inside] = [await KeyHost.open(), await KeyHost.open('127.0.0.3')];
    [ec, rsa] = [await encryptionKey('ECDH-ES', 'agreed'), await encryptionKey('RSA-OAEP-256', 'wrapped')];
    const { jwk: other } = await encryptionKey('ECDH-ES', 'others', { alg: 'ECDH-ES+A256KW' });
    const { jwk: noUse } = await encryptionKey('ECDH-ES', 'verifies', { key_ops: ['verify'] });
    const secret = { ...(await exportJWK(ec.privateKey)), kid: 'secret', use: 'enc' };
    const odd = [7, null, {}, { ...ec.jwk, kid: 7 }, { ...ec.jwk, kid: 'k'.repeat(10_000) }, { ...ec.jwk, x: 'AA' }];
    delete noUse.use;
    delete noUse.alg;
    host.publish('/remote', ...odd, secret, { ...rsa.jwk, ...signing }, other, noUse, rsa.jwk, ec.jwk);
    host.publish('/unsigned', rsa.jwk);
    host.publish('/keyless', rsa.jwk);
    inside.publish('/keys', ec.jwk);
    running = await startServer({
      engine,
      clients: [
        remote('remote', host.address('/remote')),
        remote('unsigned', host.address('/unsigned'), 'RSA-OAEP-256', { userinfo_signed_response_alg: undefined }),
        remote('mute', host.address('/mute')),
        remote('keyless', host.address('/keyless')),
        remote('inside', inside.address('/keys')),
      ],
      config: {
        registration: { mode: 'open', clients_per_network: 1_000 },
        outbound: { private_networks: ['127.0.0.1/32'] },
      },
      env: { REMOTE_SECRET: SECRET },
      connections: IDS.map((id) => ({ account: 'alice', client: id, scope: 'openid profile' })),
    });
    await givePassword(running, 'alice');
  });
  afterAll(async () => {
    host?.close();
    inside?.close();
    await running?.dispose();
  });

  const as = (id: string, more: Record<string, string> = {}) => ({
    headers: { authorization: basic(id, SECRET), ...more },
  });
  const connection = (id: (typeof IDS)[number]) => running.connections[IDS.indexOf(id)];
  const refresh = (id: (typeof IDS)[number], token = connection(id)?.refresh_token ?? '', expectServerError = false) =>
    running.http.form(
      '/token',
      { grant_type: 'refresh_token', refresh_token: token },
      { ...as(id), expectServerError },
    );
  const userInfo = (id: (typeof IDS)[number], expectServerError = false) =>
    running.http.get('/userinfo', { bearer: connection(id)?.access_token ?? '', expectServerError });
  const introspect = (id: (typeof IDS)[number], accept: string, expectServerError = false) =>
    running.http.form(
      '/introspect',
      { token: connection(id)?.access_token ?? '' },
      { ...as(id, { accept }), expectServerError },
    );
  const published = () => createRemoteJWKSet(new URL(`${running.issuer}/jwks`));
  const opened = async (jwe: string, { privateKey }: EncryptionKey) =>
    new TextDecoder().decode((await compactDecrypt(jwe, privateKey)).plaintext);

  it('OC-01, OC-05, IR-23 each answer is for the key whose use, algorithm and operations fit; it is read once', async () => {
    const idToken = String((await refresh('remote')).json()['id_token']);
    const told = await userInfo('remote');
    const seen = await introspect('remote', TOKEN_TYPE);
    for (const jwe of [idToken, told.text, seen.text])
      expect(decodeProtectedHeader(jwe)).toMatchObject({ alg: 'ECDH-ES', cty: 'JWT', kid: 'agreed' });
    const { payload } = await jwtVerify(await opened(idToken, ec), published(), { audience: 'remote' });
    const claims = (await jwtVerify(await opened(told.text, ec), published(), { audience: 'remote' })).payload;
    expect(claims).toMatchObject({ name: 'Alice Archer', sub: payload.sub });
    const about = await jwtVerify(await opened(seen.text, ec), published(), { typ: 'token-introspection+jwt' });
    expect(about.payload['token_introspection']).toMatchObject({ active: true });
    expect(host.visits('/remote')).toBe(1);
  });

  it('OC-05 UserInfo that is encrypted and not signed holds the claims, for whom and of whom they are (Core §5.3.2)', async () => {
    const told = await userInfo('unsigned');
    expect([told.status, told.headers['content-type']]).toEqual([200, 'application/jwt']);
    const header = decodeProtectedHeader(told.text);
    expect(header).toEqual({ alg: 'RSA-OAEP-256', enc: 'A256GCM', typ: 'JWT', kid: 'wrapped' });
    expect(JSON.parse(await opened(told.text, rsa))).toMatchObject({
      iss: running.issuer,
      aud: 'unsigned',
      sub: expect.stringMatching(/^sub_/) as string,
      name: 'Alice Archer',
    });
    expect((await running.http.get('/userinfo', { bearer: told.text })).status).toBe(401);
  });

  it('OC-01, OC-05, IR-23 no key that fits is invalid_request; nothing comes in plain text, and what needs none still works', async () => {
    const refused = [400, 'invalid_request'];
    expect(outcome(await refresh('keyless'))).toEqual(refused);
    expect(outcome(await userInfo('keyless'))).toEqual(refused);
    expect(outcome(await introspect('keyless', TOKEN_TYPE))).toEqual(refused);
    expect((await introspect('keyless', 'application/json')).json()).toMatchObject({ active: true });
    // Wishes that cannot be met cause no more than one more call in half a minute (attack class 200).
    expect(host.visits('/keyless')).toBeLessThanOrEqual(2);
  });

  it('OC-01, 276 while the address is silent: 503 temporarily_unavailable, and the refresh token is not used up', async () => {
    const answer = await refresh('mute', undefined, true);
    expect(outcome(answer)).toEqual([503, 'temporarily_unavailable']);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(outcome(await userInfo('mute', true))).toEqual([503, 'temporarily_unavailable']);
    expect(host.visits('/mute')).toBe(1);
    host.publish('/mute', ec.jwk);
    await running.restart();
    const idToken = String((await refresh('mute')).json()['id_token']);
    expect(decodeProtectedHeader(idToken)).toMatchObject({ alg: 'ECDH-ES', kid: 'agreed' });
  });

  it('195 keys at an address that must not be called are not called for', async () => {
    expect(outcome(await refresh('inside', undefined, true))).toEqual([503, 'temporarily_unavailable']);
    expect(inside.visits('/keys')).toBe(0);
  });

  it('DC-01, OC-01, OC-05 a client that registered itself has all of it encrypted, and openid-client reads it', async () => {
    host.publish('/registered', ec.jwk);
    const config = await client.dynamicClientRegistration(
      new URL(running.issuer),
      {
        redirect_uris: [REDIRECT],
        jwks_uri: host.address('/registered'),
        id_token_encrypted_response_alg: 'ECDH-ES',
        userinfo_signed_response_alg: 'ES256',
        userinfo_encrypted_response_alg: 'ECDH-ES',
        authorization_encrypted_response_alg: 'ECDH-ES',
      },
      undefined,
      { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
    );
    const registered = config.clientMetadata();
    for (const what of ['id_token', 'userinfo', 'authorization'])
      expect(registered[`${what}_encrypted_response_enc`]).toBe('A128CBC-HS256');
    client.enableDecryptingResponses(config, ['A128CBC-HS256'], { key: ec.privateKey, kid: 'agreed', alg: 'ECDH-ES' });
    client.useJwtResponseMode(config);
    const verifier = client.randomPKCECodeVerifier();
    const [state, nonce] = [client.randomState(), client.randomNonce()];
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT,
      scope: 'openid profile',
      state,
      nonce,
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const back = await allowed(new FormBrowser(running.issuer), url.href);
    // JARM §2.1, §2.2: signed, then encrypted; nothing of it stands in the address.
    expect([...back.searchParams.keys()]).toEqual(['response']);
    expect(decodeProtectedHeader(back.searchParams.get('response') ?? '')).toMatchObject({ cty: 'JWT', kid: 'agreed' });
    const tokens = await client.authorizationCodeGrant(config, back, {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    expect(tokens.id_token?.split('.')).toHaveLength(5);
    const sub = tokens.claims()?.sub ?? '';
    expect(await client.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ sub, name: 'Alice Archer' });
  });

  it('DC-01 inline keys to encrypt with, beside one for signatures, can be registered', async () => {
    const { register } = registrarOf(running);
    const wish = { redirect_uris: [REDIRECT], userinfo_encrypted_response_alg: 'RSA-OAEP-256' };
    const answer = await register({ ...wish, jwks: { keys: [{ ...rsa.jwk, ...signing }, rsa.jwk] } });
    expect(answer.status).toBe(201);
    expect(answer.json()).toMatchObject({ userinfo_encrypted_response_enc: 'A128CBC-HS256' });
    for (const wrong of [
      wish,
      { ...wish, jwks: { keys: [ec.jwk] } },
      { ...wish, jwks: { keys: [{ ...rsa.jwk, ...signing }] } },
      { redirect_uris: [REDIRECT], userinfo_encrypted_response_enc: 'A256GCM' },
      { ...wish, userinfo_encrypted_response_alg: 'RSA1_5', jwks_uri: 'https://client.example/jwks' },
      { ...wish, authorization_encrypted_response_alg: 'dir', jwks_uri: 'https://client.example/jwks' },
      { ...wish, userinfo_encrypted_response_enc: 'none', jwks_uri: 'https://client.example/jwks' },
    ])
      expect(outcome(await register(wrong))).toEqual([400, 'invalid_client_metadata']);
  });

  it('IS-03 an answer that cannot be encrypted sends nobody anywhere: a page at once, an error at PAR (JARM §2.2)', async () => {
    const who = await registrarOf(running).registered({
      redirect_uris: [CALLBACK],
      jwks_uri: host.address('/nowhere'),
      authorization_encrypted_response_alg: 'ECDH-ES',
    });
    const request = { ...authorizationRequest({ client_id: who.client_id, scope: 'openid' }), response_mode: 'jwt' };
    const query = new URLSearchParams(request).toString();
    const shown = await running.http.get(`/authorize?${query}`, { expectServerError: true });
    expect([shown.status, shown.headers.location]).toEqual([503, undefined]);
    expect(shown.text).not.toContain('name="password"');
    const headers = { authorization: basic(who.client_id, who.client_secret ?? '') };
    const pushed = await running.http.form('/par', request, { headers, expectServerError: true });
    expect(outcome(pushed)).toEqual([503, 'temporarily_unavailable']);
    // Without a JWT there is nothing to encrypt.
    const plain = { ...request, response_mode: 'query' };
    expect((await running.http.form('/par', plain, { headers })).status).toBe(201);
  });

  it('IS-03 a client whose key cannot be had any more gets no answer, and the server goes on', async () => {
    const { registered, manage } = registrarOf(running);
    host.publish('/moved', ec.jwk);
    host.publish('/gone');
    const metadata = { authorization_encrypted_response_alg: 'ECDH-ES' };
    const who = await registered({ ...metadata, jwks_uri: host.address('/moved') });
    const request = { client_id: who.client_id, redirect_uri: REDIRECT, scope: 'openid', response_mode: 'jwt' };
    const url = `${running.issuer}/authorize?${new URLSearchParams(authorizationRequest(request)).toString()}`;
    const [one, two] = [new FormBrowser(running.issuer), new FormBrowser(running.issuer)];
    const pages = [await one.open(url), await two.open(url)];
    const moved = { client_id: who.client_id, redirect_uris: [REDIRECT], ...metadata, jwks_uri: host.address('/gone') };
    expect((await manage('PUT', who, moved)).status).toBe(200);
    // That there is none is known from the first answer on, so that the second fails before anything else is done.
    for (const [index, browser] of [one, two].entries()) {
      const refused = browser.submit(pages[index] as Shown, { decision: 'cancel' });
      await expect(refused).rejects.toThrow('We cannot answer now');
    }
    expect((await running.http.get('/health/live')).status).toBe(200);
  });
});
