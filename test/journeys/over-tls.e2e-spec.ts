import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';

import { IDENTITY, OPEN, RETURN } from '../support/application.js';
import { describeEngines } from '../support/engines.js';
import { allowed } from '../support/person.js';
import { type Server, startServer } from '../support/server.js';
import { type Fetch, fetchTrusting, TlsBrowser, type TlsGround, tlsGround } from '../support/tls.js';

const BYE = 'https://application.example/bye';
const WEB = {
  redirect_uris: [RETURN],
  post_logout_redirect_uris: [BYE],
  grant_types: ['authorization_code', 'refresh_token'],
};
/** What the manual of openid-client begins with; nothing of it says where the authorities are. */
const BY_DEFAULT = `
  import * as client from 'openid-client';
  const [issuer, id, secret] = process.argv.slice(1);
  const config = await client.discovery(new URL(issuer), id, secret);
  const { access_token: token } = await client.clientCredentialsGrant(config, { scope: 'photos.read' });
  const seen = await client.tokenIntrospection(config, token);
  await client.tokenRevocation(config, token);
  process.stdout.write(JSON.stringify([seen.active, (await client.tokenIntrospection(config, token)).active]));
`;

/** The libraries as they come: they speak to https alone unless told otherwise, and here they are not. */
describeEngines('journey: certified libraries over TLS of our own', (engine) => {
  let [ground, server, issuer]: [TlsGround, Server, string] = [undefined as never, undefined as never, ''];
  let fetchIt: Fetch;
  let browser: TlsBrowser;
  beforeAll(async () => {
    ground = await tlsGround();
    issuer = `https://127.0.0.1:${ground.ports.plain}/t1`;
    const address = `https://127.0.0.1:${ground.ports.asking}/t1`;
    const tls = { ...ground.listener, client_certificate_address: address };
    server = await startServer({ engine, issuerPath: '/t1', config: { ...OPEN, issuer, tls } });
    fetchIt = await fetchTrusting(ground.authority);
  });
  afterAll(async () => {
    await server?.dispose();
    await ground?.dispose();
  });
  beforeEach(() => {
    browser = new TlsBrowser(issuer, fetchIt);
  });

  it('OC-06, IR-60 every address of the metadata is at the issuer, and a library that does not trust it goes no further', async () => {
    const trusting = { [client.customFetch]: fetchIt };
    const found = (await client.discovery(new URL(issuer), 'x', undefined, client.None(), trusting)).serverMetadata();
    const addresses = Object.entries(found).filter(([name]) => /_(endpoint|uri)$/.test(name));
    expect(addresses.length).toBeGreaterThan(8);
    for (const [name, value] of addresses) expect([name, value]).toEqual([name, expect.stringContaining(`${issuer}/`)]);
    const trustless = client.discovery(new URL(issuer), 'x', undefined, client.None());
    await expect(trustless).rejects.toMatchObject({ cause: { cause: { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } } });
  });

  it('DC-01, CO-03, CO-07, OC-01, OC-05, OC-07, IR-30 openid-client from its registration to the sign-out', async () => {
    const options = { [client.customFetch]: fetchIt, execute: [client.enableNonRepudiationChecks] };
    const config = await client.dynamicClientRegistration(new URL(issuer), WEB, undefined, options);
    const [pkceCodeVerifier, expectedState] = [client.randomPKCECodeVerifier(), client.randomState()];
    const expectedNonce = client.randomNonce();
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: RETURN,
      scope: IDENTITY,
      state: expectedState,
      nonce: expectedNonce,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });
    const back = await allowed(browser, url.href);
    // Cookies of a server that is reached by https are for it alone.
    expect([browser.cookie('__Host-vk_session'), browser.cookie('vk_session')]).toEqual([
      expect.any(String),
      undefined,
    ]);
    const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
    const first = await client.authorizationCodeGrant(config, back, checks);
    const { sub = '' } = first.claims() ?? {};
    expect(first.claims()).toMatchObject({ iss: issuer });
    const tokens = await client.refreshTokenGrant(config, first.refresh_token ?? '');
    expect(await client.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ sub, name: 'Alice Archer' });
    await client.tokenRevocation(config, tokens.refresh_token ?? '');
    const refused = client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    await expect(refused).rejects.toMatchObject({ error: 'invalid_grant' });
    const leaving = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: BYE, state: 'x' };
    const left = await browser.open(client.buildEndSessionUrl(config, leaving).href);
    expect(left.left?.href).toBe(`${BYE}?state=x`);
    expect((await browser.open(`${issuer}/account`)).text).toContain('name="password"');
  });

  it('DC-01, CO-03, CO-07, OC-01, OC-05, OC-07, IR-30 oauth4webapi from its registration to the sign-out', async () => {
    const options = { [oauth.customFetch]: fetchIt };
    const at = new URL(issuer);
    const as = await oauth.processDiscoveryResponse(at, await oauth.discoveryRequest(at, options));
    const registered = await oauth.dynamicClientRegistrationRequest(as, WEB, options);
    const who = await oauth.processDynamicClientRegistrationResponse(registered);
    const proof = oauth.ClientSecretBasic(who.client_secret as string);
    const [verifier, state, nonce] = [oauth.generateRandomCodeVerifier(), oauth.generateRandomState(), 'n-0S6_WzA2Mj'];
    const url = new URL(as.authorization_endpoint ?? '');
    url.search = new URLSearchParams({
      client_id: who.client_id,
      response_type: 'code',
      redirect_uri: RETURN,
      scope: IDENTITY,
      state,
      nonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    }).toString();
    const answer = oauth.validateAuthResponse(as, who, await allowed(browser, url.href), state);
    const sent = await oauth.authorizationCodeGrantRequest(as, who, proof, answer, RETURN, verifier, options);
    const expected = { expectedNonce: nonce, requireIdToken: true };
    const first = await oauth.processAuthorizationCodeResponse(as, who, sent, expected);
    await oauth.validateApplicationLevelSignature(as, sent, options);
    const { sub = '' } = oauth.getValidatedIdTokenClaims(first) ?? {};
    const refresh = async (token = '') =>
      oauth.processRefreshTokenResponse(as, who, await oauth.refreshTokenGrantRequest(as, who, proof, token, options));
    const tokens = await refresh(first.refresh_token);
    const told = await oauth.userInfoRequest(as, who, tokens.access_token, options);
    expect(await oauth.processUserInfoResponse(as, who, sub, told)).toMatchObject({ sub, name: 'Alice Archer' });
    const { refresh_token: last = '' } = tokens;
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, who, proof, last, options));
    await expect(refresh(last)).rejects.toMatchObject({ error: 'invalid_grant' });
    const leave = new URL(as.end_session_endpoint ?? '');
    leave.search = new URLSearchParams({
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: BYE,
    }).toString();
    expect((await browser.open(leave.href)).left?.href).toBe(BYE);
  });

  it('CO-12, IR-20, IR-32 openid-client with nothing but its defaults, in a program that trusts the authority', async () => {
    const { secret = '' } = server.world.clients['print-shop'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module', '--eval', BY_DEFAULT, issuer, 'print-shop', secret],
      { env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: join(ground.folder, 'ca.pem') } },
    );
    expect(JSON.parse(stdout)).toEqual([true, false]);
  });
});
