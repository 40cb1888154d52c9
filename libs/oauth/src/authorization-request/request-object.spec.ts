import { createHmac } from 'node:crypto';
import type { CompactJWEHeaderParameters, CryptoKey, JWK } from 'jose';
import { CompactEncrypt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describeDatabases } from '@valetkey/testing';
import type { Client } from '@valetkey/clients';
import { CALLBACK, ISSUER, parametersOf, requestForm, RequestWorld } from './authorization-requests.fixture.js';

type Claims = Readonly<Record<string, unknown>>;

describeDatabases('RFC 9101: request objects', (open) => {
  let world: RequestWorld;
  let key: CryptoKey;
  let jwk: JWK;
  let client: Client;

  beforeAll(async () => {
    world = new RequestWorld(open().database);
    const pair = await generateKeyPair('ES256');
    key = pair.privateKey;
    jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1' };
    client = world.client({ jwks: { keys: [jwk] } });
  });

  const seconds = (offset: number) => Math.floor(world.clock.time / 1000) + offset;
  const claimsOf = (changes: Claims = {}, of = client): Claims => {
    const usual = { iss: of.id, aud: ISSUER, nbf: seconds(0), exp: seconds(300) };
    const all = { ...requestForm(of.id), ...usual, ...changes };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  };
  const sign = (claims: Claims, header: Record<string, unknown> = {}, by = key) =>
    new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k1', typ: 'oauth-authz-req+jwt', ...header }).sign(by);
  const read = (request: string, form: Record<string, string> = {}, of = client) =>
    world.read({ client_id: of.id, request, ...form });
  const invalid = { kind: 'error_page', reason: 'redirect_uri_missing' };
  /** The same with an address beside it, so that the refusal shows. */
  const isRefused = async (request: string, reason = 'request_object_invalid', code = 'invalid_request_object') => {
    expect(await read(request)).toEqual(invalid);
    expect(await read(request, { redirect_uri: CALLBACK })).toMatchObject({ kind: 'error_answer', code, reason });
    const pushed = world.reader.push(client, parametersOf({ client_id: client.id, request }));
    await expect(pushed).rejects.toMatchObject({ code, reason });
  };

  it.each([undefined, 'JWT', 'oauth-authz-req+jwt'])('JA-04 is taken with the type %s', async (typ) => {
    expect(await read(await sign(claimsOf(), { typ }))).toMatchObject({
      kind: 'valid',
      request: { redirectUri: CALLBACK },
    });
  });

  it('JA-02 attack class 18: counts alone; what stands outside is not looked at', async () => {
    const object = await sign(
      claimsOf({ state: undefined, scope: 'openid', max_age: 5, claims: { id_token: { name: null } } }),
    );
    const outside = {
      scope: 'openid photos.read',
      state: 'outside',
      redirect_uri: 'https://evil.example',
      nonce: 'n',
      prompt: 'none',
    };
    const found = await read(object, outside);
    expect(found).toMatchObject({
      kind: 'valid',
      request: {
        redirectUri: CALLBACK,
        scopes: ['openid'],
        prompt: [],
        maxAge: 5,
        claims: { id_token: { name: null } },
      },
    });
    expect(found).not.toHaveProperty('request.state');
    expect(found).not.toHaveProperty('request.nonce');
  });

  it('JA-02 answers a mistake inside where the object says, with its own state', async () => {
    const object = await sign(claimsOf({ scope: 'admin', state: 'inside' }));
    expect(await read(object, { redirect_uri: 'https://evil.example', state: 'outside' })).toMatchObject({
      kind: 'error_answer',
      request: { redirectUri: CALLBACK, state: 'inside' },
      code: 'invalid_scope',
    });
    const stray = await sign(claimsOf({ redirect_uri: 'https://evil.example' }));
    expect(await read(stray, { redirect_uri: CALLBACK })).toEqual({
      kind: 'error_page',
      reason: 'redirect_uri_unregistered',
    });
  });

  it('RFC 6749 4.1.2 a state that no browser would return as it is: refused, and not told back', async () => {
    const object = await sign(claimsOf({ state: 'a\nb' }));
    const found = await read(object, { redirect_uri: CALLBACK });
    expect(found).toMatchObject({ kind: 'error_answer', code: 'invalid_request', reason: 'state_malformed' });
    expect(found).not.toHaveProperty('request.state');
  });

  it('JA-02 names the client outside and inside alike', async () => {
    await isRefused(await sign(claimsOf({ client_id: 'other' })), 'client_id_mismatch', 'invalid_request');
    await isRefused(await sign(claimsOf({ client_id: undefined })));
    expect(await world.read({ request: await sign(claimsOf()) })).toEqual({
      kind: 'error_page',
      reason: 'parameter_missing',
    });
  });

  it('JA-05 attack class 19: holds no other request', async () => {
    await isRefused(await sign(claimsOf({ request: 'x' })), 'request_object_nested');
    await isRefused(await sign(claimsOf({ request_uri: 'urn:x' })), 'request_object_nested');
  });

  it.each<[string, () => Claims]>([
    ['another audience', () => ({ aud: 'https://other.example' })],
    ['an audience more', () => ({ aud: [ISSUER, 'https://other.example'] })],
    ['no audience', () => ({ aud: undefined })],
    ['another issuer', () => ({ iss: 'other' })],
    ['no issuer', () => ({ iss: undefined })],
    ['JA-06 no end', () => ({ exp: undefined })],
    ['JA-06 no beginning', () => ({ nbf: undefined })],
    ['JA-06 a life of more than an hour', () => ({ exp: seconds(3_601) })],
    ['JA-06 its end behind it', () => ({ nbf: seconds(-600), exp: seconds(-31) })],
    ['JA-06 its beginning ahead', () => ({ nbf: seconds(31) })],
    ['JA-04 the client as subject', () => ({ sub: client.id })],
    ['a resource that is no text', () => ({ resource: [1] })],
    ['a resource with a control character', () => ({ resource: ['https://photos.example/\0'] })],
    ['CO-09 a state that is an object', () => ({ state: { a: 1 } })],
    ['CO-09 a state that is a number', () => ({ state: 5 })],
    ['CO-09 a scope that is a list', () => ({ scope: ['openid'] })],
    ['CO-09 a control character in nonce', () => ({ nonce: 'a\0b' })],
    ['CO-09 a carriage return in state', () => ({ state: 'a\r\nb' })],
    ['CO-09 half a character in state', () => ({ state: 'a\ud800b' })],
    ['CO-09 half a character in login_hint', () => ({ login_hint: '\udc00' })],
  ])('JA-03 attack class 17: is refused with %s', async (_title, changes) => {
    await isRefused(await sign(claimsOf(changes())));
  });

  it.each(['at+jwt', 'dpop+jwt', 'client-authentication+jwt', 'logout+jwt'])(
    'JA-04 is refused with the type %s',
    async (typ) => {
      await isRefused(await sign(claimsOf(), { typ }));
    },
  );

  it('JA-03 attack class 17: is refused unsigned, with a MAC, by an embedded or another key, and changed', async () => {
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    await isRefused(`${encode({ alg: 'none' })}.${encode(claimsOf())}.`);
    const input = `${encode({ alg: 'HS256', kid: 'k1' })}.${encode(claimsOf())}`;
    await isRefused(`${input}.${createHmac('sha256', JSON.stringify(jwk)).update(input).digest('base64url')}`);
    const stranger = await generateKeyPair('ES256');
    await isRefused(await sign(claimsOf(), {}, stranger.privateKey));
    await isRefused(
      await sign(claimsOf(), { jwk: await exportJWK(stranger.publicKey), kid: undefined }, stranger.privateKey),
    );
    const [header = '', , signature = ''] = (await sign(claimsOf())).split('.');
    await isRefused([header, encode(claimsOf({ scope: 'openid' })), signature].join('.'));
  });

  it.each([
    ['padding', (object: string) => `${object}==`],
    ['white space', (object: string) => `${object}\n`],
    ['a part more', (object: string) => `${object}.x`],
    ['no form at all', () => 'x'],
  ])('JA-03 strict form: is refused with %s', async (_title, change) => {
    const object = change(await sign(claimsOf()));
    if (object.includes('\n')) expect(() => parametersOf({ request: object })).not.toThrow();
    await isRefused(object);
  });

  it('JA-03 strict form: is refused when it names a member twice', async () => {
    const json = JSON.stringify(claimsOf()).replace('{', `{"scope":"openid",`);
    const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid: 'k1' })).toString('base64url');
    const input = `${header}.${Buffer.from(json).toString('base64url')}`;
    const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(input));
    await isRefused(`${input}.${Buffer.from(signature).toString('base64url')}`);
  });

  it('JA-03 attack classes 17, 95: is refused encrypted, whatever is inside and whoever it is for', async () => {
    const forUs = await generateKeyPair('ECDH-ES+A256KW');
    const secret = Buffer.alloc(32);
    const sealed = (content: string, header: CompactJWEHeaderParameters, to: CryptoKey | Uint8Array) =>
      new CompactEncrypt(Buffer.from(content)).setProtectedHeader(header).encrypt(to);
    const plain = JSON.stringify(claimsOf());
    const signed = await sign(claimsOf());
    const header = { alg: 'ECDH-ES+A256KW', enc: 'A256GCM' };
    for (const content of [plain, signed]) {
      await isRefused(await sealed(content, { ...header, cty: 'JWT' }, forUs.publicKey));
      await isRefused(await sealed(content, { alg: 'dir', enc: 'A256GCM', cty: 'JWT' }, secret));
    }
  });

  it('JA-03 is refused when the client has no keys', async () => {
    const bare = world.client();
    const object = await sign(claimsOf({}, bare));
    expect(await read(object, { redirect_uri: CALLBACK }, bare)).toMatchObject({ reason: 'request_object_invalid' });
  });

  it('JA-06 is asked for where the client must sign, at both endpoints', async () => {
    const signing = world.client({ jwks: { keys: [jwk] }, metadata: { requireSignedRequestObject: true } });
    expect(await world.read(requestForm(signing.id))).toMatchObject({
      kind: 'error_answer',
      reason: 'request_must_be_signed',
    });
    const pushed = world.reader.push(signing, parametersOf(requestForm(signing.id)));
    await expect(pushed).rejects.toMatchObject({ reason: 'request_must_be_signed' });
    expect((await read(await sign(claimsOf({}, signing)), {}, signing)).kind).toBe('valid');
  });

  it('is pushed as well, and read by its name', async () => {
    const object = await sign(claimsOf({ resource: ['https://photos.example'] }));
    const { request_uri } = await world.reader.push(client, parametersOf({ client_id: client.id, request: object }));
    const found = await world.read({ client_id: client.id, request_uri });
    expect(found).toMatchObject({ kind: 'valid', request: { resources: ['https://photos.example'] } });
  });
});
