import { Inject, Injectable } from '@nestjs/common';
import { ClientRegistry } from '@valetkey/clients';
import { UsageRecorder } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { LiveToken, TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS, TokenFinder } from '@valetkey/tokens';

const BEARER = /^Bearer +([A-Za-z0-9._~+/=-]{1,8192}) *$/i;
const REALM = 'realm="valetkey"';

/** Callers of this server's own APIs (RFC 6750): the token must be for this server and have the scope. */
@Injectable()
export class BearerAuthentication {
  constructor(
    private readonly tokens: TokenFinder,
    private readonly clients: ClientRegistry,
    private readonly usage: UsageRecorder,
    private readonly clock: Clock,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  /**
   * The live token of the Authorization header. Tokens in a query or a form are never looked at (CO-13).
   * @param scopes - one of them is enough
   * @throws OAuthError 401 invalid_token, 403 insufficient_scope
   */
  async authenticate(header: string | undefined, ...scopes: string[]): Promise<LiveToken> {
    if (header === undefined) throw unauthorized(`Bearer ${REALM}`);
    const value = BEARER.exec(header)?.[1];
    const token = value === undefined ? undefined : await this.tokens.findLive(value);
    if (!token || !(await this.isForUs(token))) throw unauthorized(`Bearer ${REALM}, error="invalid_token"`);
    if (!scopes.some((scope) => token.scopes.includes(scope))) {
      const challenge = `Bearer ${REALM}, error="insufficient_scope", scope="${scopes.join(' ')}"`;
      throw new OAuthError('insufficient_scope', 'scope_not_allowed', { 'www-authenticate': challenge });
    }
    this.usage.note(token.authorizationId, this.clock.now());
    return token;
  }

  /** An access token for this server, of a client that is still enabled. */
  private async isForUs({ kind, audience, clientId }: LiveToken): Promise<boolean> {
    if (kind !== 'at' || audience !== this.options.issuer) return false;
    return (await this.clients.findEnabled(clientId)) !== undefined;
  }
}

function unauthorized(challenge: string): OAuthError {
  return new OAuthError('invalid_token', 'token_not_valid', { 'www-authenticate': challenge });
}
