import { type CryptoKey, exportJWK, generateKeyPair, type JWK } from 'jose';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';

import { clientAssertion, assertionForm, clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { REDIRECT, type Registered, registrarOf } from '../support/registrar.js';
import { toldServer } from '../support/told-server.js';
import { textMember } from '../support/uma.js';
import { DEVICE_CODE, PHOTOS, UMA_TICKET, PASSWORD } from '../support/world.js';

const INSECURE = { [oauth.allowInsecureRequests]: true };
const ALL_GRANTS = ['authorization_code', 'client_credentials', 'refresh_token', DEVICE_CODE, UMA_TICKET];
const OPEN = {
  registration: {
    mode: 'open',
    scopes: ['openid', 'profile', 'email', 'offline_access', 'photos.read', 'view'],
    audiences: [PHOTOS],
    clients_per_network: 1_000,
    changes_per_client: 1_000,
    changes_per_network: 10_000,
  },
  outbound: { private_networks: ['127.0.0.0/8'] },
};

async function key(kid: string): Promise<{ privateKey: CryptoKey; jwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
}

describeServer('RFC 7591: clients that register themselves', { issuerPath: '/t1', config: OPEN }, (server) => {
  const registrar = () => registrarOf(server());
  const credentials = (form: Record<string, string>, who: Registered) =>
    server().http.form('/token', form, { headers: { authorization: basic(who.client_id, who.client_secret ?? '') } });
  const grantOf = (who: Registered) => credentials({ grant_type: 'client_credentials', scope: 'photos.read' }, who);
  it('DC-01 openid-client registers by itself, signs a person in and has tokens', async () => {
    const config = await client.dynamicClientRegistration(
      new URL(server().issuer),
      { redirect_uris: [REDIRECT], client_name: 'Fresh shop' },
      undefined,
      { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
    );
    expect(config.clientMetadata()).toMatchObject({
      client_secret_expires_at: 0,
      token_endpoint_auth_method: 'client_secret_basic',
    });
    const verifier = client.randomPKCECodeVerifier();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT,
      scope: 'openid photos.read',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    const browser = new FormBrowser(server().issuer);
    const consent = await browser.submit(await browser.open(url.href), { username: 'alice', password: PASSWORD });
    expect(consent.text).toContain('Fresh shop');
    const { left } = await browser.submit(consent, { decision: 'allow' });
    if (!left) throw new Error('the browser was not sent back');
    const tokens = await client.authorizationCodeGrant(config, left, { pkceCodeVerifier: verifier });
    expect(tokens.claims()?.aud).toBe(config.clientMetadata().client_id);
  });

  it('DC-01 UG-03 oauth4webapi registers, and is told all that is registered', async () => {
    const issuer = new URL(server().issuer);
    const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE));
    const wish = {
      redirect_uris: [REDIRECT],
      client_name: 'Everything',
      client_uri: 'https://client.example/',
      logo_uri: 'https://client.example/logo.png',
      contacts: ['admin@client.example'],
      grant_types: ALL_GRANTS,
      response_types: ['code'],
      scope: 'openid photos.read offline_access view',
      optional_scopes: ['view', 'offline_access'],
      audiences: [PHOTOS],
      token_endpoint_auth_method: 'client_secret_post',
      post_logout_redirect_uris: ['https://client.example/bye'],
      backchannel_logout_uri: 'https://client.example/logout',
      backchannel_logout_session_required: true,
      claims_redirect_uris: ['https://client.example/claims'],
      default_max_age: 600,
      subject_type: 'public',
      id_token_signed_response_alg: 'ES256',
      require_pushed_authorization_requests: true,
      software_id: 'shop',
      software_version: '1.2',
    };
    const answer = await oauth.dynamicClientRegistrationRequest(as, wish, INSECURE);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
    const registered = await oauth.processDynamicClientRegistrationResponse(answer);
    expect(registered).toMatchObject({ ...wish, client_secret_expires_at: 0, application_type: 'web' });
    expect(registered.client_id_issued_at).toBeGreaterThan(1_700_000_000);
  });

  it.each(ALL_GRANTS)('DC-01 a client may register the grant type %s', async (grantType) => {
    const who = await registrar().registered({
      grant_types: [grantType, 'refresh_token'].filter((one, index, all) => all.indexOf(one) === index),
    });
    const answer = await credentials({ grant_type: grantType }, who);
    expect(answer.json().error).not.toBe('unauthorized_client');
  });

  it('DC-01 every way of client authentication: secrets', async () => {
    const grants = { grant_types: ['client_credentials'], redirect_uris: [] };
    const byBasic = await registrar().registered(grants);
    expect((await grantOf(byBasic)).status).toBe(200);
    const byPost = await registrar().registered({ ...grants, token_endpoint_auth_method: 'client_secret_post' });
    expect((await grantOf(byPost)).status).toBe(401);
    const named = await registrar().registered({ ...grants, token_endpoint_auth_method: 'client_secret_basic' });
    const wrongWay = { client_id: named.client_id, client_secret: named.client_secret ?? '' };
    const refused = await server().http.form('/token', { grant_type: 'client_credentials', ...wrongWay });
    expect(refused.status).toBe(401);
    const posted = await server().http.form('/token', {
      grant_type: 'client_credentials',
      scope: 'photos.read',
      client_id: byPost.client_id,
      client_secret: byPost.client_secret ?? '',
    });
    expect(posted.status).toBe(200);
    const none = await registrar().registered({
      token_endpoint_auth_method: 'none',
      redirect_uris: ['http://127.0.0.1/cb'],
    });
    expect(none).not.toHaveProperty('client_secret');
    expect(none).toMatchObject({ application_type: 'native' });
  });

  it('DC-03 private_key_jwt with keys that are registered, or at a jwks_uri; new keys are found (attack class 200)', async () => {
    const [first, second] = [await key('one'), await key('two')];
    const keys = await toldServer();
    try {
      keys.say(JSON.stringify({ keys: [first.jwk] }));
      const grants = {
        grant_types: ['client_credentials'],
        redirect_uris: [],
        token_endpoint_auth_method: 'private_key_jwt',
      };
      const inline = await registrar().registered({ ...grants, jwks: { keys: [first.jwk] } });
      const remote = await registrar().registered({ ...grants, jwks_uri: `${keys.address}/jwks` });
      const grant = async ({ client_id: clientId }: Registered, privateKey: CryptoKey) => {
        const who = { clientId, method: 'private_key_jwt', key: privateKey } as const;
        const form = assertionForm(await clientAssertion(who, server().issuer));
        return (await server().http.form('/token', { grant_type: 'client_credentials', scope: 'photos.read', ...form }))
          .status;
      };
      expect(await grant(inline, first.privateKey)).toBe(200);
      expect(keys.visits()).toBe(0);
      expect(await grant(remote, first.privateKey)).toBe(200);
      expect(await grant(remote, first.privateKey)).toBe(200);
      expect(keys.visits()).toBe(1);
      keys.say(JSON.stringify({ keys: [second.jwk] }));
      // Wrong keys cause no more than one call in half a minute.
      for (let attempt = 0; attempt < 5; attempt += 1) expect(await grant(remote, second.privateKey)).toBe(401);
      expect(keys.visits()).toBeLessThanOrEqual(2);
      expect(await grant(remote, first.privateKey)).toBe(200);
    } finally {
      keys.server.close();
    }
  });

  it('DC-04, DC-05 a client reads and replaces what is registered; its secret is shown once (attack classes 209, 214)', async () => {
    const who = await registrar().registered({
      client_name: 'Before',
      grant_types: ['authorization_code', 'client_credentials'],
    });
    const read = await registrar().manage('GET', who);
    expect(read.json()).toMatchObject({ client_id: who.client_id, client_name: 'Before' });
    expect(read.text).not.toContain(who.client_secret);
    const other = 'https://client.example/other';
    const body = {
      client_id: who.client_id,
      redirect_uris: [other],
      grant_types: ['authorization_code', 'client_credentials'],
    };
    const replaced = await registrar().manage('PUT', who, { ...body, client_secret: who.client_secret });
    expect([replaced.status, replaced.json().redirect_uris]).toEqual([200, [other]]);
    expect(replaced.json()).not.toHaveProperty('client_name');
    expect((await grantOf(who)).status).toBe(200);
    for (const [wrong, error] of [
      [{ ...body, client_id: 'print-shop' }, 'invalid_client_metadata'],
      [{ redirect_uris: [other] }, 'invalid_client_metadata'],
      [{ ...body, client_secret: 'chosen by myself, and long enough it is' }, 'invalid_client_metadata'],
      [{ ...body, registration_access_token: who.registration_access_token }, 'invalid_request'],
      [{ ...body, client_secret_expires_at: 0 }, 'invalid_request'],
      [{ ...body, client_id_issued_at: 1 }, 'invalid_request'],
      [{ ...body, registration_client_uri: who.registration_client_uri }, 'invalid_request'],
      [{ ...body, redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
      [{ ...body, scope: 'uma_protection' }, 'invalid_client_metadata'],
    ] as const) {
      const answer = await registrar().manage('PUT', who, wrong);
      expect([answer.status, answer.json().error]).toEqual([400, error]);
    }
    const nulls = ['client_secret', 'registration_access_token', 'registration_client_uri', 'client_id_issued_at'];
    const withNulls = Object.fromEntries([...nulls, 'client_secret_expires_at', 'jwks'].map((name) => [name, null]));
    expect((await registrar().manage('PUT', who, { ...body, ...withNulls })).status).toBe(200);
    const withoutSecret = { client_id: who.client_id, redirect_uris: [other], token_endpoint_auth_method: 'none' };
    expect((await registrar().manage('PUT', who, withoutSecret)).status).toBe(200);
    expect((await grantOf(who)).status).toBe(401);
    const again = await registrar().manage('PUT', who, body);
    expect((await grantOf({ ...who, client_secret: textMember(again, 200, 'client_secret') })).status).toBe(200);
    expect((await grantOf(who)).status).toBe(401);
  });

  it('DC-04, DC-06 deleting ends the client, its secret and its tokens; the token manages nothing else (attack class 209)', async () => {
    const [who, other] = [
      await registrar().registered({ grant_types: ['client_credentials'], redirect_uris: [] }),
      await registrar().registered(),
    ];
    for (const method of ['GET', 'DELETE'] as const) {
      const stolen = { ...other, registration_access_token: who.registration_access_token };
      expect((await registrar().manage(method, stolen)).status).toBe(401);
      expect((await registrar().manage(method, { ...who, client_id: 'print-shop' })).status).toBe(401);
    }
    const token = textMember(await grantOf(who), 200, 'access_token');
    expect((await clientOf(server(), 'photo-service').introspect(token)).json().active).toBe(true);
    expect((await registrar().manage('DELETE', who)).status).toBe(204);
    expect((await clientOf(server(), 'photo-service').introspect(token)).json()).toEqual({ active: false });
    expect((await grantOf(who)).status).toBe(401);
    for (const method of ['GET', 'DELETE'] as const) {
      const gone = await registrar().manage(method, who);
      expect([gone.status, gone.json().error]).toEqual([401, 'invalid_token']);
    }
    expect((await server().http.send({ method: 'PATCH', path: `/register/${other.client_id}` })).status).toBe(405);
  });

  it.each([
    'http://client.example/cb',
    'https://client.example/cb#x',
    'https://*.client.example/cb',
    'https://user@client.example/cb',
    'https://client.example/cb\\x',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'myapp:/cb',
    '/cb',
    '',
    'http://127.0.0.1.evil.test/cb',
    'https://client.example/cb?code=evil&iss=https://other.example',
  ])(
    'DC-02 UG-03 an address that is none to go back to is refused, as a change too (attack classes 2, 6, 205, 210): %j',
    async (uri) => {
      const { bothWays } = registrar();
      for (const [metadata, error] of [
        [{ redirect_uris: [REDIRECT, uri] }, 'invalid_redirect_uri'],
        [{ redirect_uris: [REDIRECT], post_logout_redirect_uris: [uri] }, 'invalid_client_metadata'],
        [{ redirect_uris: [REDIRECT], claims_redirect_uris: [uri] }, 'invalid_client_metadata'],
      ] as const)
        for (const answer of await bothWays(metadata))
          expect([answer.status, answer.json().error]).toEqual([400, error]);
    },
  );

  it('DC-02 invalid_redirect_uri for none, for too many and for things that are no list (attack classes 205, 210)', async () => {
    const { bothWays } = registrar();
    const many = Array.from({ length: 1_000 }, (_, index) => `${REDIRECT}/${index}`);
    for (const uris of [[], many, 'https://client.example/cb', [7], { 0: REDIRECT }]) {
      for (const answer of await bothWays({ redirect_uris: uris }))
        expect([answer.status, answer.json().error]).toEqual([400, 'invalid_redirect_uri']);
    }
    for (const answer of await bothWays({})) expect(answer.json().error).toBe('invalid_redirect_uri');
  });

  it('DC-02, DC-03 invalid_client_metadata for what contradicts itself or cannot be had, as a change too (attack classes 206, 207, 210, 212, 219)', async () => {
    const { bothWays } = registrar();
    const { jwk, privateKey } = await key('one');
    const secret = await exportJWK(privateKey);
    for (const wrong of [
      { grant_types: ['implicit'] },
      { grant_types: ['password'] },
      { grant_types: ['client_credentials'], response_types: ['code'] },
      { response_types: ['token'] },
      { response_types: [] },
      { token_endpoint_auth_method: 'none', grant_types: ['authorization_code', 'client_credentials'] },
      { token_endpoint_auth_method: 'client_secret_jwt' },
      { token_endpoint_auth_method: 'private_key_jwt' },
      { token_endpoint_auth_method: 'self_signed_tls_client_auth', jwks: { keys: [jwk] } },
      { scope: 'admin' },
      { scope: 'uma_protection' },
      { scope: 'authorizations.write openid' },
      { audiences: ['https://elsewhere.example'] },
      { id_token_signed_response_alg: 'none' },
      { id_token_signed_response_alg: 'HS256' },
      { jwks: { keys: [jwk] }, jwks_uri: 'https://client.example/jwks' },
      { jwks: { keys: [secret] } },
      { jwks: { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } },
      { jwks: { keys: [jwk, jwk] } },
      { jwks: { keys: [] } },
      { client_name: 'Print\u202eshop' },
      { client_name: 'Print\u200bshop' },
      { client_name: '\u3164' },
      { client_name: 'Print\u2800shop' },
      { client_name: '- . -' },
      { client_name: `a${'\u0301'.repeat(40)}` },
      { client_name: 'x'.repeat(10_000) },
      { logo_uri: 'javascript:alert(1)' },
      { logo_uri: 'data:image/png;base64,AA==' },
      { tos_uri: 'http://client.example/' },
      { subject_type: 'other' },
      { default_max_age: '1s' },
    ]) {
      const said = JSON.stringify(wrong).slice(0, 80);
      for (const answer of await bothWays({ redirect_uris: [REDIRECT], ...wrong }))
        expect([said, answer.status, answer.json().error]).toEqual([said, 400, 'invalid_client_metadata']);
    }
  });

  it('attack classes 206, 210: what a client may not say of itself is not registered, nor changed', async () => {
    const sly = {
      client_id: 'print-shop',
      id: 'print-shop',
      client_secret: 'a secret of my own choice, long enough',
      enabled: false,
      managed_by: 'configuration',
      skip_consent: true,
      trusted: true,
      publisher: 'Valetkey',
      sector_identifier: 'shop.example',
      access_token_format: 'jwt',
      ownerId: 'alice',
      created_at: 0,
      request_uris: ['http://127.0.0.1/'],
      ['__proto__']: { admin: true },
    };
    const who = await registrar().registered(sly);
    expect(who.client_id).not.toBe('print-shop');
    expect(who.client_secret).not.toBe(sly.client_secret);
    const change = { ...sly, client_id: who.client_id, client_secret: undefined, redirect_uris: [REDIRECT] };
    for (const answer of [await registrar().manage('GET', who), await registrar().manage('PUT', who, change)]) {
      const read = answer.json();
      expect([answer.status, read.redirect_uris]).toEqual([200, [REDIRECT]]);
      const kept = Object.keys(sly).filter((name) => !name.startsWith('client_') && Object.hasOwn(read, name));
      expect(kept).toEqual([]);
    }
    expect((await clientOf(server(), 'print-shop').clientCredentials({ scope: 'photos.read' })).status).toBe(200);
  });

  it('OC-04 pairwise subjects by sector: the document lists every redirect URI (attack classes 210, 213)', async () => {
    const { bothWays, register, registered } = registrar();
    const sector = await toldServer();
    sector.say(JSON.stringify([REDIRECT]));
    const who = await registered({ sector_identifier_uri: `${sector.address}/sector.json` });
    const refused = async (wish: Record<string, unknown>) => {
      for (const answer of await bothWays(wish, undefined, who))
        expect(answer.json().error).toBe('invalid_client_metadata');
    };
    const two = ['https://one.example/cb', 'https://two.example/cb'];
    try {
      const wish = { redirect_uris: two, subject_type: 'pairwise' };
      await refused(wish);
      const named = { ...wish, sector_identifier_uri: `${sector.address}/sector.json` };
      for (const listed of [[], two.slice(1), 'https://one.example/cb', { 0: two[0] }]) {
        sector.say(JSON.stringify(listed));
        await refused(named);
      }
      sector.say('<html>');
      await refused(named);
      sector.say(JSON.stringify([...two, 'https://three.example/cb']));
      expect((await register(named)).status).toBe(201);
      expect((await registrar().manage('PUT', who, { ...named, client_id: who.client_id })).status).toBe(200);
    } finally {
      sector.server.close();
    }
  });

  it('OC-04 a document vouches for a device only with the keys of the client (attack classes 210, 213)', async () => {
    const { bothWays, registered } = registrar();
    const sector = await toldServer();
    const keys = 'https://one.example/jwks';
    const wish = { grant_types: [DEVICE_CODE], sector_identifier_uri: `${sector.address}/sector.json` };
    const withKeys = { ...wish, jwks_uri: keys };
    const proven = { ...withKeys, token_endpoint_auth_method: 'private_key_jwt' };
    try {
      sector.say(JSON.stringify([REDIRECT]));
      const who = await registered({ sector_identifier_uri: wish.sector_identifier_uri });
      for (const one of [wish, withKeys, proven])
        for (const answer of await bothWays(one, undefined, who))
          expect(answer.json().error).toBe('invalid_client_metadata');
      sector.say(JSON.stringify([keys]));
      for (const answer of await bothWays(withKeys, undefined, who))
        expect(answer.json().error).toBe('invalid_client_metadata');
      expect((await registrar().register(proven)).status).toBe(201);
      expect((await registrar().manage('PUT', who, { ...proven, client_id: who.client_id })).status).toBe(200);
    } finally {
      sector.server.close();
    }
  });

  it('a body that is no object is invalid_request, never a fault', async () => {
    for (const body of [[], 'x', 7, null, true]) {
      expect((await registrar().register(body)).json().error).toBe('invalid_request');
    }
    const form = await server().http.form('/register', { redirect_uris: REDIRECT });
    expect([form.status, form.json().error]).toEqual([400, 'invalid_request']);
  });
});
