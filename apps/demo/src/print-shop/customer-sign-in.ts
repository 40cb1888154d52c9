import * as openid from 'openid-client';

/** What the shop must remember while a customer is at the authorization server, and nobody else may see. */
export interface SignInUnderWay {
  state: string;
  nonce: string;
  codeVerifier: string;
}

/** What a code was exchanged for. */
export interface SignedIn {
  /** The customer, as this shop alone knows her: other clients get another subject. */
  subject: string;
  idToken: string;
  accessToken: string;
  claims: Readonly<Record<string, unknown>>;
}

/** A customer who has signed in. */
export interface Customer {
  subject: string;
  username: string;
  name: string;
  /** Says at sign-out whose session is to end. */
  idToken: string;
}

export interface CustomerSignInOptions {
  issuer: string;
  clientId: string;
  secret: string;
  /** Where the authorization server sends the browser after sign-in, and after sign-out; both registered there. */
  callback: string;
  home: string;
  /** The story passes one that also shows what goes over the wire. */
  fetch?: openid.CustomFetch;
}

const SCOPES = 'openid profile';
const TIMEOUT_SECONDS = 5;

/**
 * Signs the shop's customers in at the authorization server: OpenID Connect, authorization code flow with PKCE. The client
 * library does the checking: `state`, `iss`, `nonce`, and the ID token with its signature.
 */
export class CustomerSignIn {
  private configured: openid.Configuration | undefined;

  constructor(private readonly options: CustomerSignInOptions) {}

  /** Where to send the browser, and what to remember until it comes back. `extra` are further parameters, such as `prompt`. */
  async begin(extra: Readonly<Record<string, string>> = {}): Promise<{ url: string; underWay: SignInUnderWay }> {
    const underWay = {
      state: openid.randomState(),
      nonce: openid.randomNonce(),
      codeVerifier: openid.randomPKCECodeVerifier(),
    };
    const url = openid.buildAuthorizationUrl(await this.configuration(), {
      redirect_uri: this.options.callback,
      scope: SCOPES,
      state: underWay.state,
      nonce: underWay.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(underWay.codeVerifier),
      code_challenge_method: 'S256',
      ...extra,
    });
    return { url: url.href, underWay };
  }

  /**
   * Exchanges the code that came back to `callback`. Throws if the answer is none to this sign-in, says no
   * (`AuthorizationResponseError`), or its ID token is not good.
   */
  async redeem(callback: string, { state, nonce, codeVerifier }: SignInUnderWay): Promise<SignedIn> {
    const answer = await openid.authorizationCodeGrant(await this.configuration(), new URL(callback), {
      pkceCodeVerifier: codeVerifier,
      expectedState: state,
      expectedNonce: nonce,
      idTokenExpected: true,
    });
    const claims = answer.claims();
    if (claims === undefined || answer.id_token === undefined) throw new Error('The answer has no ID token');
    return { subject: claims.sub, idToken: answer.id_token, accessToken: answer.access_token, claims };
  }

  /** Asks UserInfo for the customer's names. Throws if it speaks of somebody else than the ID token. */
  async customer({ subject, idToken, accessToken }: SignedIn): Promise<Customer> {
    const info = await openid.fetchUserInfo(await this.configuration(), accessToken, subject);
    const username = info.preferred_username ?? '';
    return { subject, username, name: info.name ?? username, idToken };
  }

  /** Where to send the browser to end the customer's session at the server, too (RP-initiated logout). */
  async signOutUrl(idToken: string): Promise<string> {
    const parameters = { id_token_hint: idToken, post_logout_redirect_uri: this.options.home };
    return openid.buildEndSessionUrl(await this.configuration(), parameters).href;
  }

  /** Discovered at first use; asked for again when that failed. */
  private async configuration(): Promise<openid.Configuration> {
    const { issuer, clientId, secret, fetch } = this.options;
    this.configured ??= await openid.discovery(new URL(issuer), clientId, {}, openid.ClientSecretBasic(secret), {
      // The demo is on this machine alone, without TLS: signatures are checked, which TLS would make unnecessary.
      execute: [openid.allowInsecureRequests, openid.enableNonRepudiationChecks],
      timeout: TIMEOUT_SECONDS,
      ...(fetch && { [openid.customFetch]: fetch }),
    });
    return this.configured;
  }
}
