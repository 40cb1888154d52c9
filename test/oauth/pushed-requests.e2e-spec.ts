import { SignJWT } from 'jose';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';

import { authorizationRequest } from '../support/authorization-request.js';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { basic, type Form, formPairs } from '../support/http.js';
import type { Server } from '../support/server.js';
import { CALLBACK, type ClientName, OTHERS, PHOTOS } from '../support/world.js';

const INSECURE = { [oauth.allowInsecureRequests]: true };
const DETAILS_TYPES = [
  {
    type: 'payment',
    display_name: 'Pay',
    fields: [
      { name: 'amount.currency', kind: 'string', required: true, values: ['EUR'] },
      { name: 'amount.value', kind: 'number', required: true },
    ],
  },
];

describeServer('RFC 9126: the pushed authorization request endpoint', { issuerPath: '/t1' }, (server) => {
  const push = (form: Form, who: ClientName = 'print-shop') => clientOf(server(), who).post('/par', form);
  const outcome = async (form: Form, who?: ClientName) => {
    const answer = await push(form, who);
    return [answer.status, answer.json().error ?? 'kept'];
  };
  const KEPT = [201, 'kept'];

  it.each(['print-shop', 'other-shop', 'signed-shop'] as const)('PA-01 PA-02 keeps a request of %s', async (who) => {
    const answer = await push(authorizationRequest(), who);
    expect(answer.status).toBe(201);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.json()).toEqual({
      request_uri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]{40,}$/) as string,
      expires_in: 90,
    });
  });

  it('PA-02 gives every request a name of its own', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => push(authorizationRequest())));
    expect(new Set(answers.map((answer) => answer.json().request_uri)).size).toBe(20);
  });

  it('CO-01 takes a loopback address with any port, and an own scheme, from a native app', async () => {
    for (const redirect_uri of ['http://127.0.0.1:49152/callback', 'com.example.app:/callback'])
      expect(await outcome(authorizationRequest({ redirect_uri }), 'public-app')).toEqual(KEPT);
    for (const redirect_uri of ['http://localhost:49152/callback', 'http://127.0.0.1:49152/other', CALLBACK])
      expect(await outcome(authorizationRequest({ redirect_uri }), 'public-app')).toEqual([400, 'invalid_request']);
  });

  it.each<[string, Record<string, string | undefined>, string]>([
    ['PA-08 an address that is not registered', { redirect_uri: `${CALLBACK}/3` }, 'invalid_request'],
    ['CO-01 a registered address and something more', { redirect_uri: `${CALLBACK}?x` }, 'invalid_request'],
    ['no address', { redirect_uri: undefined }, 'invalid_request'],
    ['PA-03 a request_uri', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, 'invalid_request'],
    ['CO-06 response_type=token', { response_type: 'token' }, 'unsupported_response_type'],
    ['CO-06 response_type=id_token token', { response_type: 'id_token token' }, 'unsupported_response_type'],
    ['attack class 9: no response type', { response_type: undefined }, 'invalid_request'],
    ['attack class 10: an unknown response mode', { response_mode: 'x' }, 'invalid_request'],
    ['CO-03 attack class 11: no challenge', { code_challenge: undefined }, 'invalid_request'],
    ['CO-03 attack class 12: plain', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['CO-03 attack class 12: no method', { code_challenge_method: undefined }, 'invalid_request'],
    ['CO-03 attack class 13: a short challenge', { code_challenge: 'a'.repeat(42) }, 'invalid_request'],
    ['attack class 32: a foreign scope', { scope: 'uma_protection' }, 'invalid_scope'],
    [
      'attack class 32: 5000 scopes',
      { scope: Array.from({ length: 5_000 }, (_, n) => `s${n}`).join(' ') },
      'invalid_scope',
    ],
    ['RI-01 attack class 33: a foreign resource', { resource: OTHERS }, 'invalid_target'],
    ['RI-01 attack class 33: a resource with a fragment', { resource: `${PHOTOS}#x` }, 'invalid_target'],
    [
      'RA-01 attack class 33: an unknown type',
      { authorization_details: '[{"type":"x"}]' },
      'invalid_authorization_details',
    ],
    ['attack class 34: claims that are no JSON', { claims: '{' }, 'invalid_request'],
    ['attack class 34: claims with __proto__', { claims: '{"userinfo":{"__proto__":null}}' }, 'invalid_request'],
    ['claims that name a member twice', { claims: '{"userinfo":{"email":null,"email":{}}}' }, 'invalid_request'],
    [
      'RA-01 details that name a member twice',
      { authorization_details: '[{"type":"x","type":"x"}]' },
      'invalid_authorization_details',
    ],
    ['attack class 17: an unsigned request object', { request: 'eyJhbGciOiJub25lIn0.e30.' }, 'invalid_request_object'],
    ['a grant of nobody', { grant_management_action: 'merge', grant_id: 'g_x' }, 'invalid_grant_id'],
    ['a grant without an action', { grant_id: 'g_x' }, 'invalid_request'],
  ])('PA-04 refuses %s at once', async (_title, changes, error) => {
    expect(await outcome(authorizationRequest(changes))).toEqual([400, error]);
  });

  it('CO-09 attack class 5: refuses any parameter that comes twice, but resource', async () => {
    const form = formPairs(authorizationRequest());
    for (const [name, value] of form) expect(await outcome([...form, [name, value]])).toEqual([400, 'invalid_request']);
    expect(await outcome([...form, ['resource', PHOTOS], ['resource', PHOTOS]])).toEqual(KEPT);
    for (const name of ['redirect_uri[]', 'scope[$ne]', '__proto__', 'constructor'])
      expect(await outcome([...form, [name, 'x']])).toEqual(KEPT);
  });

  it('attack class 15 and 34: keeps any state and hints without a fault', async () => {
    const odd = { state: 'ä%+<script>"'.repeat(900), login_hint: '"><img src=x>', ui_locales: '../../etc de' };
    expect(await outcome(authorizationRequest(odd))).toEqual(KEPT);
  });

  it('PA-01 PA-06 attack class 22: refuses other methods, unknown senders, large and other bodies', async () => {
    const { http } = server();
    expect((await http.get('/par')).status).toBe(405);
    const form = authorizationRequest();
    expect((await http.form('/par', form)).status).toBe(401);
    expect((await http.form('/par', { ...form, client_id: 'print-shop' })).status).toBe(401);
    const wrong = { headers: { authorization: basic('print-shop', 'wrong') } };
    const refused = await http.form('/par', form, wrong);
    expect([refused.status, refused.json().error]).toEqual([401, 'invalid_client']);
    expect(refused.headers['www-authenticate']).toMatch(/^Basic /);
    const { secret = '' } = server().world.clients['print-shop'];
    const right = { headers: { authorization: basic('print-shop', secret) } };
    expect((await http.form('/par', { ...form, state: 'x'.repeat(2_000_000) }, right)).status).toBe(413);
    expect((await http.json('POST', '/par', form, right)).status).toBe(400);
  });

  it('PA-06 slows down whoever guesses secrets: 429', async () => {
    const guess = () =>
      server().http.form('/par', authorizationRequest(), { headers: { authorization: basic('owner-app', 'wrong') } });
    const answers = await Promise.all(Array.from({ length: 120 }, guess));
    expect(answers.map((answer) => answer.status)).toContain(429);
  });

  it('refuses a client that may not ask people', async () => {
    expect(await outcome(authorizationRequest(), 'photo-service')).toEqual([400, 'invalid_request']);
  });

  it('oauth4webapi pushes a request, as it is and signed', async () => {
    const as = await metadataOf(server());
    const { key } = server().world.clients['signed-shop'];
    if (!key) throw new Error('signed-shop has no key');
    const shop: oauth.Client = { client_id: 'signed-shop' };
    const signer = { key, kid: 'signed-shop-1' };
    const parameters = new URLSearchParams(authorizationRequest());
    const object = await oauth.issueRequestObject(as, shop, parameters, signer);
    for (const body of [parameters, new URLSearchParams({ request: object })]) {
      const authentication = oauth.PrivateKeyJwt(signer);
      const response = await oauth.pushedAuthorizationRequest(as, shop, authentication, body, INSECURE);
      const pushed = await oauth.processPushedAuthorizationResponse(as, shop, response);
      expect(pushed.expires_in).toBe(90);
    }
  });

  it('openid-client pushes a request, as it is and signed', async () => {
    const { key } = server().world.clients['signed-shop'];
    if (!key) throw new Error('signed-shop has no key');
    const signer = { key, kid: 'signed-shop-1' };
    const as = { ...(await metadataOf(server())), authorization_endpoint: `${server().issuer}/authorize` };
    const config = new client.Configuration(as, 'signed-shop', undefined, client.PrivateKeyJwt(signer));
    client.allowInsecureRequests(config);
    const signed = await client.buildAuthorizationUrlWithJAR(config, authorizationRequest(), signer);
    for (const parameters of [authorizationRequest(), signed.searchParams]) {
      const url = await client.buildAuthorizationUrlWithPAR(config, parameters);
      expect([...url.searchParams.keys()].sort()).toEqual(['client_id', 'request_uri']);
    }
  });

  it('JA-03 JA-06 refuses a request object that lives too long, is for another server, or could authenticate', async () => {
    const { key } = server().world.clients['signed-shop'];
    if (!key) throw new Error('signed-shop has no key');
    const now = Math.floor(Date.now() / 1000);
    const usual = { iss: 'signed-shop', aud: server().issuer, client_id: 'signed-shop', nbf: now, exp: now + 60 };
    const sign = (claims: object) =>
      new SignJWT({ ...authorizationRequest(), ...usual, ...claims }).setProtectedHeader({ alg: 'ES256' }).sign(key);
    expect(await outcome({ request: await sign({}) }, 'signed-shop')).toEqual(KEPT);
    for (const claims of [
      { exp: now + 3_700 },
      { aud: 'https://other.example' },
      { sub: 'signed-shop' },
      { nbf: undefined },
    ])
      expect(await outcome({ request: await sign(claims) }, 'signed-shop')).toEqual([400, 'invalid_request_object']);
    expect(await outcome({ request: await sign({ client_id: 'print-shop' }) }, 'signed-shop')).toEqual([
      400,
      'invalid_request',
    ]);
  });
});

async function metadataOf(server: Server): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(server.issuer);
  return oauth.processDiscoveryResponse(
    issuer,
    await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...INSECURE }),
  );
}

const REQUIRED = {
  config: { authorization: { require_pushed_requests: true }, authorization_details_types: DETAILS_TYPES },
};

describeServer('pushed requests where they are required', REQUIRED, (server) => {
  it('PA-07 RA-06 says so, and names the types of details', async () => {
    expect(await metadataOf(server())).toMatchObject({
      require_pushed_authorization_requests: true,
      authorization_details_types_supported: ['payment'],
    });
  });

  it('RA-01 refuses a type that is not the client’s', async () => {
    const details = JSON.stringify([{ type: 'payment', amount: { currency: 'EUR', value: 1 } }]);
    const answer = await clientOf(server(), 'print-shop').post(
      '/par',
      authorizationRequest({ authorization_details: details }),
    );
    expect(answer.json().error).toBe('invalid_authorization_details');
  });

  it('PA-02 writes the name of a request to no log', async () => {
    const answer = await clientOf(server(), 'print-shop').post('/par', authorizationRequest());
    const name = String(answer.json().request_uri).split(':').at(-1) ?? '';
    expect(server().log()).not.toContain(name);
  });
});
