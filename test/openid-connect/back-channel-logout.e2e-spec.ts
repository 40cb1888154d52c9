import { setTimeout as wait } from 'node:timers/promises';

import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';

import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { describeEngines } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { logged } from '../support/logged.js';
import { LogoutListener } from '../support/logout-listener.js';
import { allowed, givePassword, PASSWORD } from '../support/person.js';
import { type Server, startServer } from '../support/server.js';
import { CALLBACK } from '../support/world.js';

const INSECURE = { [oauth.allowInsecureRequests]: true };
const SECRET = PASSWORD.replaceAll(' ', '-').repeat(2);
const EVENT = 'http://schemas.openid.net/event/backchannel-logout';
const APPLICATIONS = ['calendar', 'notes', 'stubborn', 'moved', 'inside'];

describeEngines('OpenID Connect Back-Channel Logout 1.0', (engine) => {
  let listener: LogoutListener;
  let running: Server;
  beforeAll(async () => {
    listener = await LogoutListener.open();
    const application = (id: string) => ({
      client_id: id,
      name: id,
      type: 'confidential',
      secret: { env: 'APPLICATION_SECRET' },
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: [CALLBACK],
      scopes: ['openid', 'offline_access'],
      // 127.0.0.2 is the same machine, but not in the network that is allowed.
      backchannel_logout_uri: `${id === 'inside' ? listener.origin.replace('127.0.0.1', '127.0.0.2') : listener.origin}/${id}`,
      backchannel_logout_session_required: true,
    });
    running = await startServer({
      engine,
      clients: APPLICATIONS.map(application),
      config: { outbound: { private_networks: ['127.0.0.1'] }, sign_in: { session_idle: '1m' } },
      env: { APPLICATION_SECRET: SECRET },
    });
    await givePassword(running, 'alice');
    await givePassword(running, 'bob');
  });
  afterAll(async () => {
    listener?.close();
    await running?.dispose();
  });

  const discovered = async () => {
    const issuer = new URL(running.issuer);
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, INSECURE));
  };
  /** Signs in to an application. @returns the claims of the ID token, and it */
  const signIn = async (browser: FormBrowser, id: string, username = 'alice') => {
    const query = new URLSearchParams(authorizationRequest({ client_id: id, scope: 'openid' }));
    const back = await allowed(browser, `${running.issuer}/authorize?${query.toString()}`, username);
    const authorization = `Basic ${Buffer.from(`${id}:${SECRET}`).toString('base64')}`;
    const form = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
    };
    const answer = await running.http.form('/token', form, { headers: { authorization } });
    const idToken = String(answer.json()['id_token']);
    return { idToken, claims: decodeJwt(idToken) };
  };
  const signOut = (browser: FormBrowser, idToken: string) =>
    browser.open(`${running.issuer}/sign-out?id_token_hint=${idToken}`);

  it('OC-08 is advertised', async () => {
    expect(await discovered()).toMatchObject({
      backchannel_logout_supported: true,
      backchannel_logout_session_supported: true,
      end_session_endpoint: `${running.issuer}/sign-out`,
    });
  });

  it('OC-08, 224 who signs out is signed out of every application of the session, and of no other session', async () => {
    const [here, there] = [new FormBrowser(running.issuer), new FormBrowser(running.issuer)];
    const { idToken, claims } = await signIn(here, 'calendar');
    const notes = await signIn(here, 'notes');
    await signIn(there, 'calendar');
    expect(notes.claims['sid']).toBe(claims['sid']);
    await signOut(here, idToken);
    const [told] = await listener.wait('/calendar');
    await listener.wait('/notes');
    expect(told).toMatchObject({ method: 'POST', contentType: 'application/x-www-form-urlencoded' });
    const { iat = 0, jti, ...rest } = decodeJwt(told?.token ?? '');
    expect(decodeProtectedHeader(told?.token ?? '')).toMatchObject({ typ: 'logout+jwt', alg: 'RS256' });
    expect(rest).toEqual({
      iss: running.issuer,
      aud: 'calendar',
      sub: claims.sub,
      sid: claims['sid'],
      exp: iat + 120,
      events: { [EVENT]: {} },
    });
    expect(jti).toMatch(/^lt_[\w-]{22}$/);
    await wait(1500);
    expect([listener.at('/calendar').length, listener.at('/notes').length]).toEqual([1, 1]);
  });

  it('OC-08 the token verifies with the published keys, and is neither an ID token nor any other proof (classes 89, 225)', async () => {
    const browser = new FormBrowser(running.issuer);
    const { idToken } = await signIn(browser, 'notes');
    const before = listener.at('/notes').length;
    await signOut(browser, idToken);
    const token = (await listener.wait('/notes', before + 1)).at(-1)?.token ?? '';
    const keys = createRemoteJWKSet(new URL(`${running.issuer}/jwks`));
    const { payload } = await jwtVerify(token, keys, { typ: 'logout+jwt', issuer: running.issuer, audience: 'notes' });
    expect(payload).not.toHaveProperty('nonce');
    // As a hint it proves nothing, as a bearer token it opens nothing.
    const other = new FormBrowser(running.issuer);
    await signIn(other, 'notes');
    const confirm = await other.open(`${running.issuer}/sign-out?id_token_hint=${token}`);
    expect(confirm.left).toBeUndefined();
    const opened = await running.http.get('/userinfo', { headers: { authorization: `Bearer ${token}` } });
    expect(opened.status).toBe(401);
  });

  it('OC-08, 224 of a session that she ends on the page of her sessions its applications hear, and no others', async () => {
    const before = [listener.at('/calendar').length, listener.at('/notes').length];
    const [here, there] = [new FormBrowser(running.issuer), new FormBrowser(running.issuer)];
    const { claims } = await signIn(there, 'calendar', 'bob');
    await signIn(here, 'notes', 'bob');
    const page = await here.open(`${running.issuer}/account/sessions`);
    await here.submit(page, { session: String(claims['sid']) });
    const told = await listener.wait('/calendar', (before[0] ?? 0) + 1);
    expect(decodeJwt(told.at(-1)?.token ?? '')).toMatchObject({ sub: claims.sub, sid: claims['sid'] });
    expect(listener.at('/notes')).toHaveLength(before[1] ?? 0);
  });

  it('OC-08, 224 a new password ends the sessions of before, and applications hear of it', async () => {
    const before = listener.at('/calendar').length;
    const { claims } = await signIn(new FormBrowser(running.issuer), 'calendar', 'bob');
    await givePassword(running, 'bob');
    const told = await listener.wait('/calendar', before + 1);
    expect(decodeJwt(told.at(-1)?.token ?? '')).toMatchObject({ sub: claims.sub, sid: claims['sid'] });
  });

  it('OC-08, 203 is tried again with a fresh token when the application fails, and never follows a redirect', async () => {
    listener.plan('/stubborn', 500, 400);
    listener.plan('/moved', 302);
    const browser = new FormBrowser(running.issuer);
    const { idToken } = await signIn(browser, 'stubborn');
    await signIn(browser, 'moved');
    await signOut(browser, idToken);
    const told = await listener.wait('/stubborn', 2);
    const ids = told.map(({ token }) => decodeJwt(token).jti);
    expect(new Set(ids).size).toBe(2);
    await listener.wait('/moved', 2);
    expect(listener.at('/redirected')).toEqual([]);
    await logged(running, '"reason":"status_500"');
    await logged(running, '"reason":"status_302"');
    for (const { token } of listener.heard) expect(running.log()).not.toContain(token);
  });

  it('194 an address inside that the operator does not allow is never called', async () => {
    const browser = new FormBrowser(running.issuer);
    const { idToken } = await signIn(browser, 'inside');
    await signOut(browser, idToken);
    await logged(running, '"reason":"address_forbidden"');
    expect(listener.at('/inside')).toEqual([]);
  });

  it('OC-08 what was due when the server was killed is told after its next start', async () => {
    const before = listener.at('/notes').length;
    const browser = new FormBrowser(running.issuer);
    const { idToken, claims } = await signIn(browser, 'notes');
    await Promise.all([signOut(browser, idToken), wait(30)]);
    await running.kill9();
    await running.restart();
    const told = await listener.wait('/notes', before + 1);
    expect(told.map(({ token }) => decodeJwt(token)['sid'])).toContain(claims['sid']);
  });
});
