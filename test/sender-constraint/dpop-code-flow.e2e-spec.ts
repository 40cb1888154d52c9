import { decodeJwt } from 'jose';
import * as client from 'openid-client';

import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { keyHolder, type KeyHolder } from '../support/dpop.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { type Answer, basic, type Form } from '../support/http.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, PASSWORD } from '../support/world.js';

const ALICE = { username: 'alice', password: PASSWORD };
const outcome = (answer: Answer) => [answer.status, answer.json().error];

describeServer('RFC 9449 §10: codes bound to a key', { issuerPath: '/t1' }, (server) => {
  const send = (path: string, form: Form, dpop?: string) => {
    const { secret = '' } = server().world.clients['print-shop'];
    const headers = { authorization: basic('print-shop', secret), ...(dpop !== undefined && { dpop }) };
    return server().http.form(path, form, { headers });
  };
  const push = async (holder: KeyHolder | undefined, changes: Record<string, string> = {}) =>
    send('/par', authorizationRequest(changes), await holder?.proof('POST', '/par'));
  /** A person signs in and allows. @returns where her browser is sent */
  const allowed = async (url: string): Promise<URL> => {
    const browser = new FormBrowser(server().issuer);
    let shown = await browser.submit(await browser.open(url), ALICE);
    if (!shown.left) shown = await browser.submit(shown, { decision: 'allow' });
    if (!shown.left) throw new Error('the browser was not sent back');
    return shown.left;
  };
  const codeOf = async (pushed: Answer) => {
    const query = new URLSearchParams({ client_id: 'print-shop', request_uri: textMember(pushed, 201, 'request_uri') });
    return (await allowed(`${server().issuer}/authorize?${query.toString()}`)).searchParams.get('code') ?? '';
  };
  const redeem = async (code: string, holder?: KeyHolder) =>
    send(
      '/token',
      { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER },
      await holder?.proof('POST', '/token'),
    );

  it.each(['proof', 'dpop_jkt', 'both'])(
    'DP-08 a code is for the key of its request: %s (attack class 183)',
    async (by) => {
      const [holder, thief] = [await keyHolder(server()), await keyHolder(server())];
      const named: Record<string, string> = by === 'proof' ? {} : { dpop_jkt: holder.jkt };
      const code = await codeOf(await push(by === 'dpop_jkt' ? undefined : holder, named));
      expect(outcome(await redeem(code))).toEqual([400, 'invalid_grant']);
      expect(outcome(await redeem(code, thief))).toEqual([400, 'invalid_grant']);
      expect((await redeem(code, holder)).json()).toMatchObject({ token_type: 'DPoP' });
    },
  );

  it('DP-08 refuses a push whose proof is not of the key it names, or is bad (attack class 183)', async () => {
    const [holder, other] = [await keyHolder(server()), await keyHolder(server())];
    expect(outcome(await push(holder, { dpop_jkt: other.jkt }))).toEqual([400, 'invalid_dpop_proof']);
    const wrong = await send('/par', authorizationRequest(), await holder.proof('POST', '/token'));
    expect(outcome(wrong)).toEqual([400, 'invalid_dpop_proof']);
    const proof = await holder.proof('POST', '/par');
    expect((await send('/par', authorizationRequest(), proof)).status).toBe(201);
    expect(outcome(await send('/par', authorizationRequest(), proof))).toEqual([400, 'invalid_dpop_proof']);
  });

  it('DP-05, DP-08 openid-client pushes, redeems and reads with one key', async () => {
    const { secret = '' } = server().world.clients['print-shop'];
    const config = await client.discovery(
      new URL(server().issuer),
      'print-shop',
      undefined,
      client.ClientSecretBasic(secret),
      { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] },
    );
    const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair('ES256'));
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
    const parameters = {
      redirect_uri: CALLBACK,
      scope: 'openid',
      state: expectedState,
      nonce: expectedNonce,
      claims: JSON.stringify({ userinfo: { email: null }, id_token: { name: { essential: true } } }),
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    };
    const url = await client.buildAuthorizationUrlWithPAR(config, parameters, { DPoP });
    const before = Math.floor(Date.now() / 1000);
    const back = await allowed(url.href);
    const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
    const tokens = await client.authorizationCodeGrant(config, back, checks, undefined, { DPoP });
    expect(tokens.token_type).toBe('dpop');
    // OC-01, OC-05: the sign-in, and what was asked for by name, each in its place.
    const claims = decodeJwt(tokens.id_token ?? '');
    expect(claims).toMatchObject({
      acr: 'urn:valetkey:acr:1',
      amr: ['pwd'],
      name: 'Alice Archer',
      nonce: expectedNonce,
    });
    expect(claims['auth_time']).toBeGreaterThanOrEqual(before);
    expect(claims).not.toHaveProperty('email');
    const sub = claims.sub ?? '';
    const told = await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP });
    expect(told).toEqual({ sub, email: 'alice@example.org' });
  });

  it('SU-03, AT-03 a refresh tells the sign-in as it was, and keeps the requested claims', async () => {
    const request = { scope: 'openid offline_access', claims: JSON.stringify({ id_token: { email: null } }) };
    const first = await redeem(await codeOf(await push(undefined, request)));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    const form = { grant_type: 'refresh_token', refresh_token: textMember(first, 200, 'refresh_token') };
    const second = await send('/token', form);
    const [one, two] = [first, second].map((answer) => decodeJwt(textMember(answer, 200, 'id_token')));
    expect(Number(two?.iat)).toBeGreaterThan(Number(one?.iat));
    for (const name of ['sub', 'auth_time', 'acr', 'amr', 'email']) {
      expect([name, one?.[name]]).not.toEqual([name, undefined]);
      expect([name, two?.[name]]).toEqual([name, one?.[name]]);
    }
    const seen = (await send('/introspect', { token: textMember(second, 200, 'access_token') })).json();
    expect(seen).toMatchObject({ active: true, auth_time: one?.['auth_time'], acr: one?.['acr'] });
  });
});
