import * as oauth from 'oauth4webapi';

import { ALL, IDENTITY, KEYS, OPEN, RETURN, signingKey } from '../support/application.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { allowed, givePassword, PASSWORD } from '../support/person.js';
import { DEVICE_CODE, PHOTOS } from '../support/world.js';

/** An application as the library sees it. */
interface Application {
  readonly who: oauth.Client;
  readonly authentication: oauth.ClientAuth;
  readonly DPoP?: oauth.DPoPHandle;
}

/** How it asks: the parameters of its authorization request in, what the browser is sent with out. */
type Ask = (parameters: URLSearchParams) => URLSearchParams | Promise<URLSearchParams>;

const HTTP = { [oauth.allowInsecureRequests]: true };
const BYE = 'https://application.example/bye';
const WEB = { redirect_uris: [RETURN], grant_types: ['authorization_code', 'refresh_token'] };
const NATIVE = { redirect_uris: ['http://127.0.0.1/callback'], token_endpoint_auth_method: 'none' };

/** The certified library below openid-client, called as its examples do; but for plain http nothing is said to it. */
describeServer('journey: applications that use oauth4webapi', { issuerPath: '/t1', config: OPEN }, (server) => {
  let [as, browser]: [oauth.AuthorizationServer, FormBrowser] = [undefined as never, undefined as never];
  beforeAll(async () => {
    await givePassword(server(), 'alice');
    browser = new FormBrowser(server().issuer);
    as = await discovered('oidc');
  });

  const discovered = async (algorithm: 'oidc' | 'oauth2') => {
    const issuer = new URL(server().issuer);
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm, ...HTTP }));
  };
  const register = async (metadata: Partial<oauth.Client> = {}): Promise<oauth.Client> => {
    const answer = await oauth.dynamicClientRegistrationRequest(as, { ...WEB, ...metadata }, HTTP);
    return oauth.processDynamicClientRegistrationResponse(answer);
  };
  const withSecret = async (metadata: Partial<oauth.Client> = {}): Promise<Application> => {
    const who = await register(metadata);
    return { who, authentication: oauth.ClientSecretBasic(who.client_secret as string) };
  };
  /** What the library's manual asks of its callers: once more with the nonce that came. */
  const again = async <T>(attempt: () => Promise<T>): Promise<T> => {
    try {
      return await attempt();
    } catch (error) {
      if (!oauth.isDPoPNonceError(error)) throw error;
      return attempt();
    }
  };
  const options = ({ DPoP }: Application) => ({ ...HTTP, ...(DPoP && { DPoP }) });

  /** Alice is sent to the server, allows, and comes back. @returns what the application gets for its code */
  const signIn = async (
    application: Application,
    ask: Ask = (plain) => plain,
    changes: Record<string, string> = {},
  ) => {
    const { who, authentication } = application;
    const verifier = oauth.generateRandomCodeVerifier();
    const [state, expectedNonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
    const parameters = new URLSearchParams({
      client_id: who.client_id,
      response_type: 'code',
      redirect_uri: RETURN,
      scope: ALL,
      state,
      nonce: expectedNonce,
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...changes,
    });
    const url = new URL(as.authorization_endpoint ?? '');
    url.search = (await ask(parameters)).toString();
    const back = await allowed(browser, url.href);
    const isSigned = parameters.get('response_mode') === 'jwt';
    const answer = isSigned
      ? await oauth.validateJwtAuthResponse(as, who, back, state, HTTP)
      : oauth.validateAuthResponse(as, who, back, state);
    const returned = parameters.get('redirect_uri') ?? '';
    return again(async () => {
      const sent = await oauth.authorizationCodeGrantRequest(
        as,
        who,
        authentication,
        answer,
        returned,
        verifier,
        options(application),
      );
      const tokens = await oauth.processAuthorizationCodeResponse(as, who, sent, {
        expectedNonce,
        requireIdToken: true,
      });
      await oauth.validateApplicationLevelSignature(as, sent, HTTP);
      return tokens;
    });
  };
  const refresh = (application: Application, { refresh_token: token = '' }: oauth.TokenEndpointResponse) =>
    again(async () => {
      const { who, authentication } = application;
      const sent = await oauth.refreshTokenGrantRequest(as, who, authentication, token, options(application));
      return oauth.processRefreshTokenResponse(as, who, sent);
    });
  const userInfo = (application: Application, { access_token: token }: oauth.TokenEndpointResponse, sub: string) =>
    again(async () => {
      const sent = await oauth.userInfoRequest(as, application.who, token, options(application));
      return oauth.processUserInfoResponse(as, application.who, sub, sent);
    });
  const introspect = async ({ who, authentication }: Application, token: string) => {
    const sent = await oauth.introspectionRequest(as, who, authentication, token, HTTP);
    const seen = await oauth.processIntrospectionResponse(as, who, sent);
    if (who.introspection_signed_response_alg !== undefined)
      await oauth.validateApplicationLevelSignature(as, sent, HTTP);
    return seen;
  };
  const push = (application: Application, parameters: URLSearchParams) =>
    again(async () => {
      const { who, authentication } = application;
      const sent = await oauth.pushedAuthorizationRequest(as, who, authentication, parameters, options(application));
      const pushed = await oauth.processPushedAuthorizationResponse(as, who, sent);
      return new URLSearchParams({ client_id: who.client_id, request_uri: pushed.request_uri });
    });
  const subjectOf = (tokens: oauth.TokenEndpointResponse) => oauth.getValidatedIdTokenClaims(tokens)?.sub ?? '';

  it('OC-06, IR-63 discovery: both documents tell the same', async () => {
    expect(await discovered('oauth2')).toEqual(as);
    expect(as.code_challenge_methods_supported).toContain('S256');
  });

  it('DC-01, CO-03, OC-01, OC-05 registration, code with PKCE, ID token, UserInfo', async () => {
    const application = await withSecret({ client_name: 'Application' });
    const tokens = await signIn(application, undefined, { scope: IDENTITY });
    const sub = subjectOf(tokens);
    expect(await userInfo(application, tokens, sub)).toMatchObject({ sub, name: 'Alice Archer' });
  });

  it('OC-05 a token for an API that it did not name opens UserInfo, too; one that it named does not', async () => {
    const application = await withSecret();
    const first = await signIn(application);
    for (const tokens of [first, await refresh(application, first)]) {
      expect(await userInfo(application, tokens, subjectOf(tokens))).toMatchObject({ name: 'Alice Archer' });
      expect(await introspect(application, tokens.access_token)).toMatchObject({ active: true, aud: PHOTOS });
    }
    const named = await signIn(application, undefined, { resource: PHOTOS });
    await expect(userInfo(application, named, subjectOf(named))).rejects.toMatchObject({ status: 401 });
  });

  it('DP-06, OC-05 so does one that is bound to its key', async () => {
    const who = await register({ ...NATIVE, dpop_bound_access_tokens: true });
    const DPoP = oauth.DPoP(who, await oauth.generateKeyPair('ES256'));
    const application = { who, authentication: oauth.None(), DPoP };
    const changes = { redirect_uri: 'http://127.0.0.1:49152/callback' };
    const tokens = await signIn(application, (parameters) => push(application, parameters), changes);
    expect(await userInfo(application, tokens, subjectOf(tokens))).toMatchObject({ name: 'Alice Archer' });
    await expect(userInfo({ who, authentication: oauth.None() }, tokens, '')).rejects.toMatchObject({ status: 401 });
  });

  it('OC-05 UserInfo signed as it registered', async () => {
    const application = await withSecret({ userinfo_signed_response_alg: 'ES256' });
    const tokens = await signIn(application, undefined, { scope: IDENTITY });
    const sent = await oauth.userInfoRequest(as, application.who, tokens.access_token, HTTP);
    const told = await oauth.processUserInfoResponse(as, application.who, subjectOf(tokens), sent);
    await oauth.validateApplicationLevelSignature(as, sent, HTTP);
    expect(told).toMatchObject({ sub: subjectOf(tokens), name: 'Alice Archer' });
  });

  it('CO-07, IR-30, IR-32 refresh, introspection and revocation', async () => {
    const application = await withSecret();
    const first = await signIn(application, undefined, { resource: PHOTOS });
    const tokens = await refresh(application, first);
    expect(subjectOf(tokens)).toBe(subjectOf(first));
    expect(await introspect(application, tokens.access_token)).toMatchObject({ active: true, aud: PHOTOS });
    const { who, authentication } = application;
    const sent = await oauth.revocationRequest(as, who, authentication, tokens.refresh_token ?? '', HTTP);
    await oauth.processRevocationResponse(sent);
    expect(await introspect(application, tokens.access_token)).toEqual({ active: false });
    await expect(refresh(application, tokens)).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it.each(['RS256', 'ES256', 'EdDSA', 'Ed25519'])('IR-20, IR-24 introspection answers signed by %s', async (alg) => {
    const metadata = { grant_types: ['client_credentials'], redirect_uris: [], introspection_signed_response_alg: alg };
    const application = await withSecret(metadata);
    const { who, authentication } = application;
    const form = new URLSearchParams({ scope: 'photos.read' });
    const sent = await oauth.clientCredentialsGrantRequest(as, who, authentication, form, HTTP);
    const { access_token: token } = await oauth.processClientCredentialsResponse(as, who, sent);
    expect(await introspect(application, token)).toMatchObject({ active: true, scope: 'photos.read' });
  });

  it('PA-01, PA-02 pushed requests', async () => {
    const application = await withSecret({ require_pushed_authorization_requests: true });
    expect(subjectOf(await signIn(application, (parameters) => push(application, parameters)))).toMatch(/^sub_/);
  });

  it.each(KEYS)(
    'JA-03, J-11, RFC 9864 requests signed by %s with a key for %s, by value and pushed',
    async (alg, named) => {
      const { privateKey, jwks } = await signingKey(alg, named === undefined ? {} : { alg: named });
      const signed = { token_endpoint_auth_method: 'private_key_jwt', require_signed_request_object: true };
      const who = await register({ ...signed, jwks });
      const application = { who, authentication: oauth.PrivateKeyJwt(privateKey) };
      const byValue: Ask = async (parameters) => {
        const request = await oauth.issueRequestObject(as, who, parameters, privateKey);
        return new URLSearchParams({ client_id: who.client_id, request });
      };
      const pushed: Ask = async (parameters) => push(application, await byValue(parameters));
      for (const ask of [byValue, pushed]) expect(subjectOf(await signIn(application, ask))).toMatch(/^sub_/);
    },
  );

  it.each(['ES256', 'EdDSA', 'Ed25519'])('IS-03 answers signed by %s', async (alg) => {
    const signed = { authorization_signed_response_alg: alg, id_token_signed_response_alg: alg };
    const tokens = await signIn(await withSecret(signed), undefined, { response_mode: 'jwt' });
    expect(subjectOf(tokens)).toMatch(/^sub_/);
  });

  it.each(['ES256', 'Ed25519'])(
    'DP-04, DP-05, DP-07, CO-01 a native app on a port of its own, tokens bound to its key by %s, nonces demanded',
    async (alg) => {
      const who = await register({ ...NATIVE, dpop_bound_access_tokens: true });
      const DPoP = oauth.DPoP(who, await oauth.generateKeyPair(alg));
      const application = { who, authentication: oauth.None(), DPoP };
      const changes = { redirect_uri: 'http://127.0.0.1:49152/callback', scope: IDENTITY };
      const first = await signIn(application, (parameters) => push(application, parameters), changes);
      const tokens = await refresh(application, first);
      expect([first.token_type, tokens.token_type]).toEqual(['dpop', 'dpop']);
      const sub = subjectOf(tokens);
      expect(await userInfo(application, tokens, sub)).toMatchObject({ sub, name: 'Alice Archer' });
      await expect(refresh({ who, authentication: oauth.None() }, tokens)).rejects.toMatchObject({ status: 400 });
    },
  );

  it('DV-01, DV-04 a device', async () => {
    const metadata = { grant_types: [DEVICE_CODE, 'refresh_token'], redirect_uris: [] };
    const who = await register({ ...metadata, token_endpoint_auth_method: 'none' });
    const sent = await oauth.deviceAuthorizationRequest(as, who, oauth.None(), { scope: ALL }, HTTP);
    const begun = await oauth.processDeviceAuthorizationResponse(as, who, sent);
    const enter = await browser.open(begun.verification_uri_complete ?? '');
    const isAsked = enter.text.includes('name="password"');
    const page = isAsked ? await browser.submit(enter, { username: 'alice', password: PASSWORD }) : enter;
    expect((await browser.submit(page, { decision: 'allow' })).status).toBe(200);
    const answer = await oauth.deviceCodeGrantRequest(as, who, oauth.None(), begun.device_code, HTTP);
    const tokens = await oauth.processDeviceCodeResponse(as, who, answer);
    expect(subjectOf(await refresh({ who, authentication: oauth.None() }, tokens))).toBe(subjectOf(tokens));
  });

  it('OC-07 signs its user out, who comes back to it', async () => {
    const application = await withSecret({ post_logout_redirect_uris: [BYE] });
    const { id_token: hint = '' } = await signIn(application);
    const url = new URL(as.end_session_endpoint ?? '');
    url.search = new URLSearchParams({ id_token_hint: hint, post_logout_redirect_uri: BYE, state: 'x' }).toString();
    expect((await browser.open(url.href)).left?.href).toBe(`${BYE}?state=x`);
    expect((await browser.open(`${server().issuer}/account`)).text).toContain('name="password"');
  });
});
