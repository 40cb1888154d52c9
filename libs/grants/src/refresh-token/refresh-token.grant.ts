import { Inject, Injectable } from '@nestjs/common';
import { isSubset } from '@valetkey/kernel';
import type { Decision, FormParameters, GrantContext, GrantHandler } from '@valetkey/oauth';
import { OAuthError, parseScopes, refused } from '@valetkey/oauth';
import { GRANT_TYPE } from '@valetkey/protocol';
import type { RefreshToken, RefreshUse, TokenContent, TokenOptions, TokenPermission } from '@valetkey/tokens';
import { assessRefreshUse, RefreshTokenStore, TOKEN_OPTIONS, TokenFamilyStore, TokenFinder } from '@valetkey/tokens';
import { RptPermissions } from '@valetkey/uma';
import { RefreshGround } from './refresh-ground.service.js';

interface RefreshRequest {
  readonly value: string;
  readonly scope: string | undefined;
  readonly resources: readonly string[];
}

type UsableRefresh = 'rotate' | 'answer_again';

/**
 * Refresh (RFC 6749 section 6) with rotation: every use makes a new refresh token, and reuse ends the family (OAuth 2.1
 * section 4.3.1). An RPT is refreshed without a new assessment (UG-42), to what of its permissions is still left.
 */
@Injectable()
export class RefreshTokenGrant implements GrantHandler<RefreshRequest> {
  readonly grantType = GRANT_TYPE.refreshToken;

  constructor(
    private readonly finder: TokenFinder,
    private readonly refreshTokens: RefreshTokenStore,
    private readonly families: TokenFamilyStore,
    private readonly ground: RefreshGround,
    private readonly rptPermissions: RptPermissions,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  parse(parameters: FormParameters): RefreshRequest {
    return {
      value: parameters.require('refresh_token'),
      scope: parameters.get('scope'),
      resources: parameters.resources,
    };
  }

  async authorize(request: RefreshRequest, context: GrantContext): Promise<Decision> {
    const token = await this.finder.findRefresh(request.value);
    if (!token) return refused('invalid_grant', 'refresh_token_unknown');
    if (token.clientId !== context.client.id) {
      return refused('invalid_grant', 'refresh_token_of_another_client', { securityEvent: true });
    }
    const use = await this.assess(token, context);
    if (use !== 'rotate' && use !== 'answer_again') return this.refuse(use, token, context);
    if (!(await this.ground.stands(token, context.now))) return refused('invalid_grant', 'authorization_ended');
    const content = await this.narrow(token, request);
    if (content.permissions?.length === 0) return refused('invalid_grant', 'permissions_withdrawn');
    return rotate({ token, use, content }, context);
  }

  private async assess(token: RefreshToken, { now }: GrantContext): Promise<RefreshUse> {
    const successorUsed = token.usedAt !== null && (await this.refreshTokens.isSuccessorUsed(token));
    return assessRefreshUse(token, successorUsed, this.options.refreshTokenGrace, now);
  }

  private refuse(
    use: Exclude<RefreshUse, UsableRefresh>,
    token: RefreshToken,
    { writes, now }: GrantContext,
  ): Decision {
    if (use === 'dead') return refused('invalid_grant', 'refresh_token_dead');
    if (use === 'wait') return refused('invalid_grant', 'refresh_token_answered_twice');
    // CO-07: somebody holds a copy; nobody can tell which of the two is the thief.
    this.families.revoke(writes, token.familyId, now);
    return refused('invalid_grant', 'refresh_token_reused', { securityEvent: true });
  }

  /** What this refresh gives: the same, or narrower where asked (CO-08). */
  private async narrow(token: RefreshToken, { scope, resources }: RefreshRequest): Promise<TokenContent> {
    if (resources.length > 1) throw new OAuthError('invalid_target', 'several_targets');
    if (resources.some((resource) => resource !== token.audience)) {
      throw new OAuthError('invalid_target', 'target_unknown');
    }
    const wanted = scope === undefined ? undefined : parseScopes(scope);
    const { authorizationId, clientId, subject, audience } = token;
    const base = { authorizationId, clientId, subject, audience };
    if (token.permissions) {
      return { ...base, scopes: [], permissions: await this.narrowPermissions(token, wanted) };
    }
    if (wanted && !isSubset(wanted, token.scopes)) throw new OAuthError('invalid_scope', 'scope_wider_than_granted');
    return { ...base, scopes: wanted ?? token.scopes, permissions: null };
  }

  private async narrowPermissions(token: RefreshToken, wanted: string[] | undefined): Promise<TokenPermission[]> {
    const live = await this.rptPermissions.live(token.authorizationId, token.permissions ?? []);
    if (!wanted) return live;
    const held = live.flatMap((permission) => permission.scopes);
    if (!isSubset(wanted, held)) throw new OAuthError('invalid_scope', 'scope_wider_than_granted');
    return live
      .map((permission) => ({ ...permission, scopes: permission.scopes.filter((scope) => wanted.includes(scope)) }))
      .filter((permission) => permission.scopes.length > 0);
  }
}

/** The commit relies on token, family and record being as they were read. */
function rotate(
  { token, use, content }: { token: RefreshToken; use: UsableRefresh; content: TokenContent },
  { client }: GrantContext,
): Decision {
  const isRpt = content.permissions !== null;
  return {
    outcome: 'granted',
    order: {
      kind: isRpt ? 'rpt' : 'at',
      content,
      format: isRpt ? 'opaque' : client.accessTokenFormat,
      familyId: token.familyId,
      notAfter: token.authorization.expiresAt,
      // The family keeps what was granted: a narrower refresh does not narrow the next one (RFC 6749 section 6).
      refresh: { replaces: { token, use }, content: token },
    },
    ...(!isRpt && { members: { scope: content.scopes.join(' ') } }),
  };
}
