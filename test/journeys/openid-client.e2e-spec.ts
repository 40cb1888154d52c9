import * as client from 'openid-client';

import { ALL, IDENTITY, KEYS, OPEN, RETURN, signingKey } from '../support/application.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { allowed, givePassword, PASSWORD } from '../support/person.js';
import { DEVICE_CODE, OTHERS, PHOTOS } from '../support/world.js';

type Build = (config: client.Configuration, parameters: Record<string, string>) => URL | Promise<URL>;

interface Wish {
  readonly build?: Build;
  readonly changes?: Record<string, string>;
  readonly options?: client.DPoPOptions;
}

/** Plain http is the test's own; the check of each signature is more than the library does when nothing is said. */
const EXECUTE = { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] };
const BYE = 'https://application.example/bye';

/** A certified client with what it does by itself: no setting of it is there for this server. */
describeServer('journey: applications that use openid-client', { issuerPath: '/t1', config: OPEN }, (server) => {
  let browser: FormBrowser;
  beforeAll(async () => {
    await givePassword(server(), 'alice');
    browser = new FormBrowser(server().issuer);
  });

  const register = (metadata: Partial<client.ClientMetadata> = {}, authentication?: client.ClientAuth) => {
    const all = { redirect_uris: [RETURN], grant_types: ['authorization_code', 'refresh_token'], ...metadata };
    return client.dynamicClientRegistration(new URL(server().issuer), all, authentication, EXECUTE);
  };
  /** One whose keys are registered with it. */
  const registerSigned = async (alg: string, named: string | undefined, more: Partial<client.ClientMetadata> = {}) => {
    const { privateKey, jwks } = await signingKey(alg, named === undefined ? {} : { alg: named });
    const metadata = { token_endpoint_auth_method: 'private_key_jwt', jwks, ...more };
    return { privateKey, config: await register(metadata, client.PrivateKeyJwt(privateKey)) };
  };
  const discover = (clientId: string, metadata: Partial<client.ClientMetadata> | string) =>
    client.discovery(new URL(server().issuer), clientId, metadata, undefined, EXECUTE);
  const secretOf = (name: 'photo-service' | 'print-shop') => server().world.clients[name].secret ?? '';
  /** Alice is sent to the server, allows, and comes back. @returns what the application gets for its code */
  const signIn = async (config: client.Configuration, { build, changes, options }: Wish = {}) => {
    const pkceCodeVerifier = client.randomPKCECodeVerifier();
    const [expectedState, expectedNonce] = [client.randomState(), client.randomNonce()];
    const url = await (build ?? client.buildAuthorizationUrl)(config, {
      redirect_uri: RETURN,
      scope: ALL,
      state: expectedState,
      nonce: expectedNonce,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      ...changes,
    });
    const back = await allowed(browser, url.href);
    const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
    return client.authorizationCodeGrant(config, back, checks, undefined, options);
  };

  it('OC-06, IR-63 discovery: both documents tell the same', async () => {
    const [openId, oauth] = await Promise.all(
      (['oidc', 'oauth2'] as const).map(async (algorithm) => {
        const options = { ...EXECUTE, algorithm };
        const found = await client.discovery(new URL(server().issuer), 'x', undefined, client.None(), options);
        return found.serverMetadata();
      }),
    );
    expect(oauth).toEqual(openId);
    expect(oauth?.supportsPKCE()).toBe(true);
  });

  it('DC-01, CO-03, OC-01, OC-05 registration, code with PKCE, ID token, UserInfo', async () => {
    const config = await register({ client_name: 'Application' });
    const tokens = await signIn(config, { changes: { scope: IDENTITY } });
    const { sub = '' } = tokens.claims() ?? {};
    expect(tokens.claims()).toMatchObject({ iss: server().issuer, aud: config.clientMetadata().client_id });
    const told = await client.fetchUserInfo(config, tokens.access_token, sub);
    expect(told).toMatchObject({ sub, name: 'Alice Archer' });
  });

  it('OC-05 a token for an API that it did not name opens UserInfo, too, as it does after a refresh', async () => {
    const config = await register();
    const first = await signIn(config);
    const second = await client.refreshTokenGrant(config, first.refresh_token ?? '');
    for (const tokens of [first, second]) {
      const { sub = '' } = tokens.claims() ?? {};
      expect(await client.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ sub, name: 'Alice Archer' });
      expect(await client.tokenIntrospection(config, tokens.access_token)).toMatchObject({ aud: PHOTOS });
    }
  });

  it('RI-02, CO-17 one sign-in gives tokens for an API that it named and one for UserInfo, each for itself', async () => {
    const config = await register();
    const first = await signIn(config, { changes: { resource: PHOTOS } });
    const { sub = '' } = first.claims() ?? {};
    await expect(client.fetchUserInfo(config, first.access_token, sub)).rejects.toMatchObject({ status: 401 });
    const resource = `${server().issuer}/userinfo`;
    const second = await client.refreshTokenGrant(config, first.refresh_token ?? '', { resource });
    expect(second.scope).toBe('openid profile offline_access');
    expect(await client.fetchUserInfo(config, second.access_token, sub)).toMatchObject({ sub, name: 'Alice Archer' });
    // The grant itself is for both, as before.
    const third = await client.refreshTokenGrant(config, second.refresh_token ?? '');
    for (const { access_token: token } of [first, third])
      expect(await client.tokenIntrospection(config, token)).toMatchObject({ active: true, aud: PHOTOS });
    const other = client.refreshTokenGrant(config, third.refresh_token ?? '', { resource: OTHERS });
    await expect(other).rejects.toMatchObject({ error: 'invalid_target' });
  });

  it('CO-07, IR-30, IR-32 refresh, introspection and revocation', async () => {
    const config = await register();
    const first = await signIn(config, { changes: { resource: PHOTOS } });
    const tokens = await client.refreshTokenGrant(config, first.refresh_token ?? '');
    expect(tokens.claims()?.sub).toBe(first.claims()?.sub);
    expect(await client.tokenIntrospection(config, tokens.access_token)).toMatchObject({ active: true, aud: PHOTOS });
    await client.tokenRevocation(config, tokens.refresh_token ?? '');
    expect(await client.tokenIntrospection(config, tokens.access_token)).toEqual({ active: false });
    const refused = client.refreshTokenGrant(config, tokens.refresh_token ?? '');
    await expect(refused).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it.each(['RS256', 'ES256', 'EdDSA', 'Ed25519'])('IR-20, IR-24 introspection answers signed by %s', async (alg) => {
    const metadata = { grant_types: ['client_credentials'], redirect_uris: [] };
    const config = await register({ ...metadata, introspection_signed_response_alg: alg });
    const { access_token: token } = await client.clientCredentialsGrant(config, { scope: 'photos.read' });
    expect(await client.tokenIntrospection(config, token)).toMatchObject({ active: true, scope: 'photos.read' });
  });

  it('PA-01, PA-07 pushed requests, where it registered that it pushes all', async () => {
    const config = await register({ require_pushed_authorization_requests: true });
    const tokens = await signIn(config, { build: client.buildAuthorizationUrlWithPAR });
    expect(tokens.claims()?.aud).toBe(config.clientMetadata().client_id);
    const plain = client.buildAuthorizationUrl(config, { redirect_uri: RETURN, scope: 'openid' });
    const shown = await browser.open(plain.href);
    expect(shown.left?.searchParams.get('error')).toBe('invalid_request');
  });

  it.each(KEYS)(
    'JA-03, J-11, RFC 9864 requests signed by %s with a key for %s, by value and pushed',
    async (alg, named) => {
      const { privateKey, config } = await registerSigned(alg, named, { require_signed_request_object: true });
      const byValue: Build = (one, parameters) => client.buildAuthorizationUrlWithJAR(one, parameters, privateKey);
      const pushed: Build = async (one, parameters) =>
        client.buildAuthorizationUrlWithPAR(one, (await byValue(one, parameters)).searchParams);
      for (const build of [byValue, pushed]) {
        const tokens = await signIn(config, { build });
        expect(tokens.claims()?.aud).toBe(config.clientMetadata().client_id);
      }
    },
  );

  it.each(['ES256', 'EdDSA', 'Ed25519'])('IS-03 answers signed by %s', async (alg) => {
    const config = await register({ authorization_signed_response_alg: alg, id_token_signed_response_alg: alg });
    client.useJwtResponseMode(config);
    expect((await signIn(config, { changes: { response_mode: 'jwt' } })).claims()?.sub).toMatch(/^sub_/);
  });

  it.each(['ES256', 'Ed25519'])(
    'DP-04, DP-05, DP-07, CO-01 a native app on a port of its own, tokens bound to its key by %s, nonces demanded',
    async (alg) => {
      const config = await register({
        redirect_uris: ['http://127.0.0.1/callback'],
        token_endpoint_auth_method: 'none',
        dpop_bound_access_tokens: true,
      });
      const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair(alg));
      const build: Build = (one, parameters) => client.buildAuthorizationUrlWithPAR(one, parameters, { DPoP });
      const changes = { redirect_uri: 'http://127.0.0.1:49152/callback', scope: IDENTITY };
      const first = await signIn(config, { build, changes, options: { DPoP } });
      const tokens = await client.refreshTokenGrant(config, first.refresh_token ?? '', undefined, { DPoP });
      expect([first.token_type, tokens.token_type]).toEqual(['dpop', 'dpop']);
      const { sub = '' } = tokens.claims() ?? {};
      expect(await client.fetchUserInfo(config, tokens.access_token, sub, { DPoP })).toMatchObject({ sub });
      const stolen = client.refreshTokenGrant(config, tokens.refresh_token ?? '');
      await expect(stolen).rejects.toMatchObject({ status: 400 });
    },
  );

  it('DV-01, DV-04 a device', async () => {
    const metadata = { grant_types: [DEVICE_CODE, 'refresh_token'], redirect_uris: [] };
    const config = await register({ ...metadata, token_endpoint_auth_method: 'none' });
    const begun = await client.initiateDeviceAuthorization(config, { scope: ALL });
    const enter = await browser.open(begun.verification_uri_complete ?? '');
    const page = enter.text.includes('name="password"')
      ? await browser.submit(enter, { username: 'alice', password: PASSWORD })
      : enter;
    expect((await browser.submit(page, { decision: 'allow' })).status).toBe(200);
    expect(begun.interval).toBe(5);
    const tokens = await client.pollDeviceAuthorizationGrant(config, begun);
    expect(tokens.claims()?.aud).toBe(config.clientMetadata().client_id);
    expect((await client.refreshTokenGrant(config, tokens.refresh_token ?? '')).claims()?.sub).toMatch(/^sub_/);
  });

  it('OC-07 signs its user out, who comes back to it', async () => {
    const config = await register({ post_logout_redirect_uris: [BYE] });
    const tokens = await signIn(config);
    const state = client.randomState();
    const url = client.buildEndSessionUrl(config, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: BYE,
      state,
    });
    expect((await browser.open(url.href)).left?.href).toBe(`${BYE}?state=${state}`);
    const parameters = { redirect_uri: RETURN, scope: 'openid', prompt: 'none', code_challenge_method: 'S256' };
    const code_challenge = await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier());
    const silent = await browser.open(client.buildAuthorizationUrl(config, { ...parameters, code_challenge }).href);
    // Nobody vouches for it, and yet no page is shown to whom it asks for silence.
    expect([silent.text, silent.left?.searchParams.get('error')]).toEqual(['', 'login_required']);
  });

  it('OC-04, OC-07 signs its user out after a refresh just so: the new ID token is of the same session', async () => {
    const config = await register({ post_logout_redirect_uris: [BYE] });
    const first = await signIn(config);
    const second = await client.refreshTokenGrant(config, first.refresh_token ?? '');
    const last = await client.refreshTokenGrant(config, second.refresh_token ?? '');
    const names = ['iss', 'sub', 'aud', 'azp', 'auth_time', 'acr', 'amr', 'sid'];
    const said = ({ claims }: typeof first) => names.map((name) => [name, claims()?.[name]]);
    expect(said(first).map(([, value]) => value)).not.toContain(undefined);
    expect(said(last)).toEqual(said(first));
    const leaving = { id_token_hint: last.id_token ?? '', post_logout_redirect_uri: BYE };
    const leave = () => browser.open(client.buildEndSessionUrl(config, leaving).href);
    expect((await leave()).left?.href).toBe(BYE);
    // It is no word about a later session.
    await signIn(config);
    const asked = await leave();
    expect([asked.left, asked.status]).toEqual([undefined, 200]);
  });

  it('CO-12, IR-20 secrets of the configuration are good in the form, where the library sends them unless it is told otherwise', async () => {
    const shop = await discover('print-shop', secretOf('print-shop'));
    const { access_token: token } = await client.clientCredentialsGrant(shop, { scope: 'photos.read' });
    const secret = secretOf('photo-service');
    for (const metadata of [secret, { client_secret: secret, introspection_signed_response_alg: 'RS256' }]) {
      const photos = await discover('photo-service', metadata);
      expect(await client.tokenIntrospection(photos, token)).toMatchObject({ active: true, client_id: 'print-shop' });
    }
  });
});
