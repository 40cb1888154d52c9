import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

import { SignJWT } from 'jose';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';

import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { textMember } from '../support/uma.js';
import { changeSettings, entryOf } from '../configuration/settings-file.js';
import { allowed, givePassword, locationOf } from '../support/person.js';
import { CALLBACK, PHOTOS } from '../support/world.js';

const INSECURE = { [oauth.allowInsecureRequests]: true };
const ALL = 'openid profile offline_access photos.read';

describeServer('RFC 6749 4.1: the authorization code grant', { issuerPath: '/t1' }, (server) => {
  let alice: FormBrowser;
  beforeAll(async () => {
    await givePassword(server(), 'alice');
    alice = new FormBrowser(server().issuer);
  });

  const secretOf = (name: 'print-shop' | 'other-shop') => server().world.clients[name].secret ?? '';
  const signer = () => {
    const { key } = server().world.clients['signed-shop'];
    if (!key) throw new Error('signed-shop has no key');
    return { key, kid: 'signed-shop-1' };
  };
  const addressOf = (changes: Readonly<Record<string, string | undefined>> = {}, clientId = 'print-shop') => {
    const request = { ...authorizationRequest(changes), client_id: clientId };
    return `${server().issuer}/authorize?${new URLSearchParams(request).toString()}`;
  };
  const codeOf = async (changes: Readonly<Record<string, string | undefined>> = {}) =>
    (await allowed(alice, addressOf(changes))).searchParams.get('code') ?? '';
  const exchange = (
    code: string,
    changes: Readonly<Record<string, string>> = {},
    who: 'print-shop' | 'other-shop' = 'print-shop',
  ) =>
    clientOf(server(), who).token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
      ...changes,
    });

  it('IS-01 gives the code to the registered address, with state and issuer', async () => {
    const location = await allowed(alice, addressOf());
    expect(location.href.startsWith(`${CALLBACK}?`)).toBe(true);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      code: expect.stringMatching(/^vk_ac_/) as string,
      state: 'st',
      iss: server().issuer,
    });
  });

  it('asks once for each purpose: what was given before is answered without a page', async () => {
    await codeOf({ scope: ALL });
    expect((await alice.open(addressOf({ scope: 'openid', prompt: 'none' }))).left?.search).toContain('code=');
    const more = locationOf(await alice.open(addressOf({ scope: 'openid photos.write', prompt: 'none' })));
    expect(Object.fromEntries(more.searchParams)).toMatchObject({ error: 'consent_required', iss: server().issuer });
  });

  it('CO-05 attack classes 38, 40, 42, 43: redeems a code once, for its client, address and verifier', async () => {
    const code = await codeOf({ scope: ALL });
    for (const [changes, who] of [
      [{}, 'other-shop'],
      [{ redirect_uri: `${CALLBACK}/2` }, 'print-shop'],
      [{ code_verifier: `${VERIFIER}x` }, 'print-shop'],
    ] as const)
      expect((await exchange(code, changes, who)).json().error).toBe('invalid_grant');
    const tokens = await exchange(code);
    const accessToken = textMember(tokens, 200, 'access_token');
    const refreshToken = textMember(tokens, 200, 'refresh_token');
    expect(tokens.json()).toMatchObject({ token_type: 'Bearer', scope: ALL });
    const photos = clientOf(server(), 'photo-service');
    expect((await photos.introspect(accessToken)).json()).toMatchObject({
      active: true,
      aud: PHOTOS,
      acr: 'urn:valetkey:acr:1',
    });
    expect((await exchange(code)).json().error).toBe('invalid_grant');
    expect((await photos.introspect(accessToken)).json()).toEqual({ active: false });
    expect((await clientOf(server(), 'print-shop').refresh(refreshToken)).json().error).toBe('invalid_grant');
  });

  it('CO-05 attack class 39: of 20 exchanges at once exactly one is answered', async () => {
    const code = await codeOf();
    const answers = await Promise.all(Array.from({ length: 20 }, () => exchange(code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('attack class 45: takes no value of another kind for a code, nor a code for one', async () => {
    const pushed = await clientOf(server(), 'print-shop').post('/par', authorizationRequest());
    const name = String(pushed.json().request_uri).split(':').at(-1) ?? '';
    expect((await exchange(name)).json().error).toBe('invalid_grant');
    const code = await codeOf();
    expect((await clientOf(server(), 'print-shop').refresh(code)).json().error).toBe('invalid_grant');
    const asRequest = await alice.open(
      `${server().issuer}/authorize?client_id=print-shop&request_uri=urn:ietf:params:oauth:request_uri:${code}`,
    );
    expect([asRequest.status, asRequest.left]).toEqual([400, undefined]);
  });

  it('PA-05 attack class 21: opens a pushed request as often as the page is loaded, until it is answered', async () => {
    const pushed = await clientOf(server(), 'print-shop').post('/par', authorizationRequest({ prompt: 'consent' }));
    const query = new URLSearchParams({ client_id: 'print-shop', request_uri: textMember(pushed, 201, 'request_uri') });
    const url = `${server().issuer}/authorize?${query.toString()}`;
    for (let load = 0; load < 2; load += 1) expect((await alice.open(url)).status).toBe(200);
    const foreign = new URLSearchParams({ ...Object.fromEntries(query), client_id: 'other-shop' });
    expect((await alice.open(`${server().issuer}/authorize?${foreign.toString()}`)).status).toBe(400);
    expect((await allowed(alice, url)).searchParams.has('code')).toBe(true);
    const again = await alice.open(url);
    expect([again.status, again.left]).toEqual([400, undefined]);
  });

  it('PA-05 attack class 21: a pushed request that she denied is answered: it is not opened again', async () => {
    const pushed = await clientOf(server(), 'print-shop').post('/par', authorizationRequest({ prompt: 'consent' }));
    const query = new URLSearchParams({ client_id: 'print-shop', request_uri: textMember(pushed, 201, 'request_uri') });
    const url = `${server().issuer}/authorize?${query.toString()}`;
    const [one, other] = [await alice.open(url), await alice.open(url)];
    const denied = await alice.submit(one, { decision: 'deny' });
    expect(denied.left?.searchParams.get('error')).toBe('access_denied');
    const again = await alice.open(url);
    expect([again.status, again.left]).toEqual([400, undefined]);
    // Nor does a page that was open already give a code for it.
    const late = await alice.submit(other, { decision: 'allow' });
    expect([late.status, late.left]).toEqual([400, undefined]);
  });

  it('openid-client goes the whole way: code, ID token, refresh; plain, pushed and signed', async () => {
    const config = await client.discovery(
      new URL(server().issuer),
      'print-shop',
      undefined,
      client.ClientSecretBasic(secretOf('print-shop')),
      {
        execute: [client.allowInsecureRequests],
      },
    );
    for (const build of [client.buildAuthorizationUrl, client.buildAuthorizationUrlWithPAR]) {
      const nonce = client.randomNonce();
      const url = await build(config, authorizationRequest({ scope: ALL, nonce }));
      const back = await allowed(alice, url.href);
      const checks = { pkceCodeVerifier: VERIFIER, expectedState: 'st', expectedNonce: nonce, idTokenExpected: true };
      const tokens = await client.authorizationCodeGrant(config, back, checks);
      expect(tokens.claims()).toMatchObject({ aud: 'print-shop', nonce, acr: 'urn:valetkey:acr:1' });
      const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
      expect(refreshed.access_token).not.toBe(tokens.access_token);
    }
  });

  it('JA-01 IS-03 oauth4webapi signs its request and reads a signed answer', async () => {
    const issuer = new URL(server().issuer);
    const found = await oauth.discoveryRequest(issuer, { algorithm: 'oidc', ...INSECURE });
    const as = await oauth.processDiscoveryResponse(issuer, found);
    const shop: oauth.Client = { client_id: 'signed-shop', authorization_signed_response_alg: 'RS256' };
    for (const mode of ['query.jwt', 'fragment.jwt']) {
      const parameters = new URLSearchParams(authorizationRequest({ response_mode: mode }));
      const object = await oauth.issueRequestObject(as, shop, parameters, signer());
      const query = new URLSearchParams({ client_id: 'signed-shop', request: object });
      const back = await allowed(alice, `${server().issuer}/authorize?${query.toString()}`);
      const answer = new URLSearchParams(mode === 'query.jwt' ? back.search : back.hash.slice(1));
      expect([...answer.keys()]).toEqual(['response']);
      const callback = await oauth.validateJwtAuthResponse(as, shop, answer, 'st', INSECURE);
      const authentication = oauth.PrivateKeyJwt(signer());
      const response = await oauth.authorizationCodeGrantRequest(
        as,
        shop,
        authentication,
        callback,
        CALLBACK,
        VERIFIER,
        INSECURE,
      );
      const tokens = await oauth.processAuthorizationCodeResponse(as, shop, response, { requireIdToken: true });
      expect(oauth.getValidatedIdTokenClaims(tokens)?.aud).toBe('signed-shop');
    }
  });

  it('CO-02 CO-14 attack classes 1, 2, 4: sends nobody to an address that is not registered', async () => {
    for (const redirect_uri of [
      'https://evil.example/cb',
      `${CALLBACK}/`,
      `${CALLBACK}?x`,
      'javascript:alert(1)',
      undefined,
    ]) {
      for (const bad of [{}, { response_type: 'token' }, { scope: 'x' }, { prompt: 'none login' }, { request: 'x' }]) {
        const answer = await alice.open(addressOf({ ...bad, redirect_uri }));
        expect([answer.status, answer.left]).toEqual([400, undefined]);
        expect(JSON.stringify([...answer.headers])).not.toContain('evil.example');
      }
    }
  });

  it.each([
    ['response_type=token', { response_type: 'token' }, 'unsupported_response_type', '#'],
    ['no challenge', { code_challenge: undefined }, 'invalid_request', '?'],
    ['a foreign scope', { scope: 'uma_protection' }, 'invalid_scope', '?'],
    ['an unreachable acr', { acr_values: 'urn:x' }, 'unmet_authentication_requirements', '?'],
  ])(
    'CO-06 IS-01 attack class 16: tells the client of %s, with the issuer',
    async (_title, changes, error, separator) => {
      const location = locationOf(await alice.open(addressOf(changes))).href;
      expect(location.startsWith(`${CALLBACK}${separator}`)).toBe(true);
      const told = Object.fromEntries(new URLSearchParams(location.slice(CALLBACK.length + 1)));
      expect(told).toMatchObject({ error, state: 'st', iss: server().issuer });
    },
  );

  it('IS-01 RFC 6749 4.1.2.1 tells the developer what is wrong with a request', async () => {
    const told = locationOf(await alice.open(addressOf({ code_challenge: undefined }))).searchParams;
    expect(told.get('error_description')).toBe('A PKCE code challenge is needed.');
  });

  it('JA-01 attack class 20: a request_uri elsewhere, alone or beside a request, is refused and never fetched', async () => {
    let visits = 0;
    const elsewhere = createServer((socket) => {
      visits += 1;
      socket.destroy();
    });
    elsewhere.listen(0, '127.0.0.1');
    await once(elsewhere, 'listening');
    const request_uri = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/request`;
    for (const [changes, error] of [
      [{ request_uri }, 'request_uri_not_supported'],
      [{ request_uri, request: 'x' }, 'invalid_request'],
    ] as const) {
      const told = locationOf(await alice.open(addressOf(changes)));
      expect(`${told.origin}${told.pathname}`).toBe(CALLBACK);
      expect(Object.fromEntries(told.searchParams)).toMatchObject({ error, state: 'st', iss: server().issuer });
      const pushed = await clientOf(server(), 'print-shop').post('/par', authorizationRequest(changes));
      expect([pushed.status, pushed.json().error]).toEqual([400, 'invalid_request']);
    }
    elsewhere.close();
    expect(visits).toBe(0);
  });

  it('CO-09 attack class 5: tells the client of a repeated parameter, or shows a page when it says who that is', async () => {
    for (const name of Object.keys(authorizationRequest())) {
      const answer = await alice.open(`${addressOf()}&${name}=x`);
      if (name === 'redirect_uri') expect([answer.status, answer.left]).toEqual([400, undefined]);
      else expect(locationOf(answer).searchParams.get('error')).toBe('invalid_request');
    }
    expect((await alice.open(`${addressOf()}&client_id=other-shop`)).status).toBe(400);
    expect(locationOf(await alice.open(`${addressOf()}&state=x`)).searchParams.has('state')).toBe(false);
  });

  it('JA-04 attack class 17: a request object cannot authenticate its client', async () => {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: 'signed-shop',
      aud: server().issuer,
      client_id: 'signed-shop',
      nbf: now,
      exp: now + 60,
      jti: 'x',
    };
    const { key, kid } = signer();
    const object = await new SignJWT({ ...authorizationRequest(), ...claims })
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'oauth-authz-req+jwt' })
      .sign(key);
    const assertion = {
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: object,
    };
    const answer = await server().http.form('/par', {
      ...authorizationRequest(),
      client_id: 'signed-shop',
      ...assertion,
    });
    expect([answer.status, answer.json().error]).toEqual([401, 'invalid_client']);
  });
});

describeServer('RFC 9396: authorization_details', {}, (server) => {
  const HERE = {
    type: 'payment',
    locations: [PHOTOS],
    amount: { currency: 'EUR', value: 12.5 },
    actions: ['start', 'stop'],
  };
  const ELSEWHERE = { ...HERE, locations: ['https://bank.example'] };
  let alice: FormBrowser;

  beforeAll(async () => {
    await server().stop();
    await changeSettings(server(), (settings) => {
      const fields = [
        { name: 'locations', kind: 'strings' },
        { name: 'actions', kind: 'strings', values: ['start', 'stop'] },
        { name: 'amount.currency', kind: 'string', required: true, values: ['EUR'] },
        { name: 'amount.value', kind: 'number', required: true },
      ];
      settings.authorization_details_types = [{ type: 'payment', display_name: 'Pay', fields }];
      entryOf(settings, 'clients', 'client_id', 'print-shop').authorization_details_types = ['payment'];
      entryOf(settings, 'clients', 'client_id', 'signed-shop').authorization_details_types = ['payment'];
    });
    await server().restart();
    await givePassword(server(), 'alice');
    alice = new FormBrowser(server().issuer);
  });

  const codeOf = async (clientId: string, details: object[]) => {
    const changes = { scope: 'offline_access photos.read', authorization_details: JSON.stringify(details) };
    const query = new URLSearchParams({ ...authorizationRequest(changes), client_id: clientId });
    return (await allowed(alice, `${server().issuer}/authorize?${query.toString()}`)).searchParams.get('code') ?? '';
  };
  const exchange = async (clientId: 'print-shop' | 'signed-shop', code: string, details?: object[]) =>
    clientOf(server(), clientId).token({
      grant_type: 'authorization_code',
      code,
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
      authorization_details: details && JSON.stringify(details),
    });

  it.each(['print-shop', 'signed-shop'] as const)(
    'RA-03 RA-05 %s gets what was granted; the resource server learns what concerns it',
    async (who) => {
      const tokens = await exchange(who, await codeOf(who, [HERE, ELSEWHERE]));
      expect(tokens.json()).toMatchObject({ authorization_details: [HERE, ELSEWHERE] });
      const photos = clientOf(server(), 'photo-service');
      const value = textMember(tokens, 200, 'access_token');
      expect((await photos.introspect(value)).json().authorization_details).toEqual([HERE]);
      const refreshed = await clientOf(server(), who).refresh(textMember(tokens, 200, 'refresh_token'));
      expect(refreshed.json()).toMatchObject({ authorization_details: [HERE] });
      const again = textMember(refreshed, 200, 'access_token');
      expect((await photos.introspect(again)).json().authorization_details).toEqual([HERE]);
      if (who === 'print-shop') return;
      const claims = JSON.parse(Buffer.from(value.split('.')[1] ?? '', 'base64url').toString()) as object;
      expect(claims).toMatchObject({ authorization_details: [HERE] });
    },
  );

  it('RA-04 gives less where less is asked for, and never more', async () => {
    const code = await codeOf('print-shop', [HERE]);
    const more = { ...HERE, amount: { currency: 'EUR', value: 13 } };
    expect((await exchange('print-shop', code, [more])).json().error).toBe('invalid_authorization_details');
    const less = { ...HERE, actions: ['start'] };
    expect((await exchange('print-shop', code, [less])).json()).toMatchObject({ authorization_details: [less] });
  });

  it('RA-01 RA-02 tells the client what does not fit', async () => {
    for (const details of [
      [{ type: 'x' }],
      [{ ...HERE, more: 1 }],
      [{ ...HERE, amount: { currency: 'USD', value: 1 } }],
    ]) {
      const changes = { authorization_details: JSON.stringify(details) };
      const query = new URLSearchParams({ ...authorizationRequest(changes), client_id: 'print-shop' });
      const location = locationOf(await alice.open(`${server().issuer}/authorize?${query.toString()}`));
      expect(location.searchParams.get('error')).toBe('invalid_authorization_details');
    }
  });
});
