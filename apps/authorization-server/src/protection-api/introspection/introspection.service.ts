import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { intersect, toNumericDate } from '@valetkey/kernel';
import { ClientRegistry } from '@valetkey/clients';
import type { DeadToken, DeathReason, LiveToken } from '@valetkey/tokens';
import { endOf, TokenFinder } from '@valetkey/tokens';
import type { LivePermission } from '@valetkey/uma';
import { RptPermissions } from '@valetkey/uma';
import type { IntrospectionCaller } from './introspection-caller.service.js';
import { SeenUses } from './seen-uses.service.js';
import { TokenMembers } from './token-members.service.js';

/** The answer (RFC 7662 section 2.2); an inactive one has exactly this member (IR-03). */
export type IntrospectionAnswer = { readonly active: false } | ({ readonly active: true } & Record<string, unknown>);

const INACTIVE: IntrospectionAnswer = Object.freeze({ active: false });

/** Why an answer is inactive, for the log (IR-09); the caller is never told. */
export type InactiveReason =
  | DeathReason
  | 'client_disabled'
  | 'another_kind'
  | 'not_for_caller'
  | 'another_resource'
  | 'no_scope_left'
  | 'no_permission_left';

/** An answer, and what the log may say about it: never the token's value. */
export interface Introspected {
  readonly answer: IntrospectionAnswer;
  /** Absent when the answer is active. */
  readonly reason?: InactiveReason;
  /** What is known about the token; the caller need not know it. */
  readonly about?: Partial<Pick<LiveToken, 'id' | 'familyId' | 'authorizationId'>>;
}

/** What a caller may learn about a token. Whatever it may not know is answered as if it did not exist. */
@Injectable()
export class Introspection {
  constructor(
    private readonly tokens: TokenFinder,
    private readonly rptPermissions: RptPermissions,
    private readonly registry: ClientRegistry,
    private readonly uses: SeenUses,
    private readonly members: TokenMembers,
  ) {}

  /** @param resourceId - the `resource_id` of the old draft: what is asked about (IR-08) */
  async introspect(caller: IntrospectionCaller, value: string, resourceId: string | undefined): Promise<Introspected> {
    const token = await this.tokens.look(value);
    if ('dead' in token) {
      const isOther = token.dead === 'unknown' && caller.kind === 'client';
      return isOther ? this.refreshToken(caller.clientId, value) : inactive(token.dead, token);
    }
    const client = await this.registry.findEnabled(token.clientId);
    if (!client) return inactive('client_disabled', token);
    // What was taken from the client since is gone from its tokens, too.
    const left = { ...token, scopes: intersect(token.scopes, client.scopes) };
    // UF-35: a PAT asks about RPTs, a client about ordinary tokens.
    const answer =
      caller.kind === 'pat' ? await this.rpt(caller, token, resourceId) : this.accessToken(caller, left, resourceId);
    if (typeof answer === 'string') return inactive(answer, token);
    return { answer, about: token };
  }

  private async rpt(
    caller: IntrospectionCaller & { kind: 'pat' },
    token: LiveToken,
    resourceId: string | undefined,
  ): Promise<IntrospectionAnswer | InactiveReason> {
    if (token.kind !== 'rpt') return 'another_kind';
    if (token.owner !== caller.owner || token.resourceServerId !== caller.clientId) return 'not_for_caller';
    const asked = (token.permissions ?? []).filter((one) => resourceId === undefined || one.resourceId === resourceId);
    if (asked.length === 0) return 'another_resource';
    const live = await this.rptPermissions.live(token.authorizationId, asked);
    if (live.length === 0) return 'no_permission_left';
    if (token.clientId !== caller.clientId) this.uses.ofRpt(token, live);
    const permissions = live.map((permission) => permissionAnswer(permission, token));
    return { active: true, ...this.members.of(token, caller.clientId, endOfAll(live, token)), permissions };
  }

  private accessToken(
    caller: IntrospectionCaller & { kind: 'client' },
    token: LiveToken,
    resourceId: string | undefined,
  ): IntrospectionAnswer | InactiveReason {
    if (token.kind !== 'at') return 'another_kind';
    const { server } = caller;
    const isAudience = server !== undefined && token.audience === server.resource;
    if (token.clientId !== caller.clientId && !isAudience) return 'not_for_caller';
    if (resourceId !== undefined && !(isAudience && resourceId === server.resource)) return 'another_resource';
    // IR-05: a resource server sees the scopes of its own API.
    const scopes = isAudience ? intersect(token.scopes, server.scopes) : token.scopes;
    if (scopes.length === 0) return 'no_scope_left';
    return this.shownAccess(token, caller.clientId, scopes);
  }

  private shownAccess(token: LiveToken, callerId: string, scopes: readonly string[]): IntrospectionAnswer {
    if (token.clientId !== callerId) this.uses.ofAccessToken(token, scopes);
    return { active: true, ...this.members.of(token, callerId), scope: scopes.join(' ') };
  }

  /** IR-07: only the client that owns it. */
  private async refreshToken(clientId: string, value: string): Promise<Introspected> {
    const token = await this.tokens.lookRefresh(value);
    if ('dead' in token) return inactive(token.dead, token);
    if (token.clientId !== clientId) return inactive('not_for_caller', token);
    return { answer: { active: true, ...this.members.ofRefreshToken(token) }, about: token };
  }
}

function inactive(reason: InactiveReason, about: Omit<DeadToken, 'dead'>): Introspected {
  return { answer: INACTIVE, reason, about };
}

/** When the last of its permissions has ended, or the token before that. */
function endOfAll(permissions: readonly LivePermission[], token: LiveToken): Instant {
  const end = endOf(token);
  return Math.min(end, Math.max(...permissions.map(({ expiresAt }) => expiresAt ?? end)));
}

/** Its own end where it is not after the one that the token was issued with; the token's wins where that is earlier (FedAuthz section 5.1.1). */
function permissionAnswer(permission: LivePermission, token: LiveToken): Record<string, unknown> {
  const { resourceId, scopes, expiresAt } = permission;
  const isSooner = expiresAt !== null && expiresAt <= token.expiresAt;
  const exp = isSooner ? { exp: toNumericDate(Math.min(expiresAt, endOf(token))) } : {};
  return { resource_id: resourceId, resource_scopes: scopes, ...exp };
}
