import { Inject, Injectable } from '@nestjs/common';
import { ClientRegistry } from '@valetkey/clients';
import { UsageRecorder } from '@valetkey/authorizations';
import { Clock, intersect } from '@valetkey/kernel';
import type { SenderRequest } from '@valetkey/oauth';
import { OAuthError } from '@valetkey/oauth';
import { IDENTITY_SCOPE } from '@valetkey/protocol';
import type { LiveToken, TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS, TokenFinder } from '@valetkey/tokens';
import { challengeOf, dpopChallenge, insufficientScope } from './challenge.js';
import { TokenPossession } from './token-possession.service.js';

/** What of an HTTP request says that its sender may call. */
export interface TokenPresentation {
  readonly authorization: string | undefined;
  readonly sender: SenderRequest;
}

const PRESENTED = /^(Bearer|DPoP) +([A-Za-z0-9._~+/=-]{1,8192}) *$/i;

/** Callers of this server's own APIs (RFC 6750, RFC 9449 section 7): the token must be for this server and have the scope. */
@Injectable()
export class BearerAuthentication {
  constructor(
    private readonly tokens: TokenFinder,
    private readonly clients: ClientRegistry,
    private readonly possession: TokenPossession,
    private readonly usage: UsageRecorder,
    private readonly clock: Clock,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /**
   * The live token of the Authorization header, with its proof where it is bound to a key. Tokens in a query or a form are
   * never looked at (CO-13).
   * @param scopes - one of them is enough
   * @throws OAuthError 401 invalid_token, invalid_dpop_proof or use_dpop_nonce, 403 insufficient_scope
   */
  authenticate(presentation: TokenPresentation, ...scopes: string[]): Promise<LiveToken> {
    return this.present(presentation, scopes, (token) => this.isForThisServer(token));
  }

  /** The same for UserInfo, which takes tokens for an API that nobody named, too (decision 0008). @throws OAuthError as above */
  authenticateForUserInfo(presentation: TokenPresentation): Promise<LiveToken> {
    const isFor = (token: LiveToken) => this.isForThisServer(token) || token.opensUserInfo === true;
    return this.present(presentation, [IDENTITY_SCOPE.openid], isFor);
  }

  private async present(
    { authorization, sender }: TokenPresentation,
    scopes: readonly string[],
    isFor: (token: LiveToken) => boolean,
  ): Promise<LiveToken> {
    if (authorization === undefined) throw unauthorized(`${challengeOf('Bearer')}, ${dpopChallenge()}`);
    const [, scheme, value] = PRESENTED.exec(authorization) ?? [];
    const type = scheme?.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer';
    const token = value === undefined ? undefined : await this.find(value, isFor);
    if (value === undefined || !token) {
      throw unauthorized(challengeOf(type, { error: 'invalid_token' }));
    }
    await this.possession.check(token, { type, value, sender });
    if (!scopes.some((scope) => token.scopes.includes(scope))) throw insufficientScope(token, scopes.join(' '));
    this.usage.note(token.authorizationId, this.clock.now());
    return token;
  }

  private isForThisServer({ audience }: LiveToken): boolean {
    return audience === this.options.issuer;
  }

  /** An access token for what is asked, of a client that is still enabled, with the scopes that the client may still have. */
  private async find(value: string, isFor: (token: LiveToken) => boolean): Promise<LiveToken | undefined> {
    const token = await this.tokens.findLive(value);
    if (token?.kind !== 'at' || !isFor(token)) return undefined;
    const client = await this.clients.findEnabled(token.clientId);
    return client && { ...token, scopes: intersect(token.scopes, client.scopes) };
  }
}

function unauthorized(challenge: string): OAuthError {
  return new OAuthError('invalid_token', 'token_not_valid', { 'www-authenticate': challenge });
}
