import { isDeepStrictEqual } from 'node:util';
import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import type { Instant } from '@valetkey/kernel';
import type { Decision, FormParameters, GrantContext, GrantHandler } from '@valetkey/oauth';
import { refused } from '@valetkey/oauth';
import { GRANT_TYPE, IDENTITY_SCOPE } from '@valetkey/protocol';
import type { Confirmation, RefreshToken, RefreshUse, TokenContent, TokenOptions } from '@valetkey/tokens';
import { assessRefreshUse, RefreshTokenStore, TOKEN_OPTIONS, TokenFamilyStore, TokenFinder } from '@valetkey/tokens';
import { RefreshGround } from './refresh-ground.service.js';
import type { RefreshedWish, RefreshGiven } from './refreshed-access.service.js';
import { RefreshedAccess } from './refreshed-access.service.js';

interface RefreshRequest extends RefreshedWish {
  readonly value: string;
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
    private readonly access: RefreshedAccess,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  parse(parameters: FormParameters): RefreshRequest {
    return {
      value: parameters.require('refresh_token'),
      scope: parameters.get('scope'),
      resources: parameters.resources,
      authorizationDetails: parameters.get('authorization_details'),
    };
  }

  async authorize(request: RefreshRequest, context: GrantContext): Promise<Decision> {
    const token = await this.finder.findRefresh(request.value);
    if (!token) return refused('invalid_grant', 'refresh_token_unknown');
    const stranger = strangerTo(token, context);
    if (stranger) return refused('invalid_grant', stranger, { securityEvent: true });
    const use = await this.assess(token, context);
    if (use !== 'rotate' && use !== 'answer_again') return this.refuse(use, token, context);
    if (!(await this.ground.stands(token, context.now))) return refused('invalid_grant', 'authorization_ended');
    if (isAwayNoMore(token, context.client)) return refused('invalid_grant', 'scope_not_allowed');
    const given = await this.access.give(token, request, context.client);
    const nothing = nothingLeft(given.content);
    if (nothing) return refused('invalid_grant', nothing);
    return rotate({ token, use, given }, context);
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
}

/** Why a refresh token is not for this caller; undefined when it is. */
function strangerTo(token: RefreshToken, { client, confirmation }: GrantContext) {
  if (token.clientId !== client.id) return 'refresh_token_of_another_client';
  return isSameKey(token.confirmation, confirmation) ? undefined : 'refresh_token_of_another_key';
}

/** Access while she is away was given, and has been taken from the client since (attack class 50). */
function isAwayNoMore({ scopes }: RefreshToken, client: Client): boolean {
  return scopes.includes(IDENTITY_SCOPE.offlineAccess) && !client.scopes.includes(IDENTITY_SCOPE.offlineAccess);
}

/** Why there is nothing to give any more; undefined when there is something. */
function nothingLeft({ permissions, scopes }: TokenContent) {
  if (permissions) return permissions.length === 0 ? 'permissions_withdrawn' : undefined;
  return scopes.length === 0 ? 'scope_not_allowed' : undefined;
}

/** A refresh token that is bound to a key is for whoever holds it, and for nobody else (RFC 9449 section 5). */
function isSameKey(bound: Confirmation | undefined, proven: Confirmation | undefined): boolean {
  return bound === undefined || isDeepStrictEqual(bound, proven);
}

/** The commit relies on token, family and record being as they were read. */
function rotate(
  step: { token: RefreshToken; use: UsableRefresh; given: RefreshGiven },
  { client }: GrantContext,
): Decision {
  const { token, use } = step;
  const { content, ends } = step.given;
  const isRpt = content.permissions !== null;
  return {
    outcome: 'granted',
    order: {
      kind: isRpt ? 'rpt' : 'at',
      content,
      format: isRpt ? 'opaque' : client.accessTokenFormat,
      familyId: token.familyId,
      generation: token.authorization.generation,
      notAfter: earlier(token.authorization.expiresAt, ends.ofRefresh),
      accessNotAfter: ends.ofAccess,
      // The family keeps what was granted: a narrower refresh does not narrow the next one (RFC 6749 section 6).
      refresh: { replaces: { token, use }, content: token },
    },
    ...(!isRpt && { members: membersOf(step.given) }),
  };
}

function membersOf({ content: { scopes }, details }: RefreshGiven): Record<string, unknown> {
  return { scope: scopes.join(' '), ...(details && { authorization_details: details }) };
}

function earlier(one: Instant | null, other: Instant | null): Instant | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}
