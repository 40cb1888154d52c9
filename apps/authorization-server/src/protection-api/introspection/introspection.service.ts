import { Injectable } from '@nestjs/common';
import { Clock, intersect, toNumericDate } from '@valetkey/kernel';
import { UsageRecorder } from '@valetkey/authorizations';
import { ClientRegistry } from '@valetkey/clients';
import type { LiveToken } from '@valetkey/tokens';
import { TokenFinder } from '@valetkey/tokens';
import type { LivePermission } from '@valetkey/uma';
import { RptPermissions } from '@valetkey/uma';
import type { IntrospectionCaller } from './introspection-caller.service.js';
import { TokenMembers } from './token-members.service.js';

/** The answer (RFC 7662 section 2.2); an inactive one has exactly this member (IR-03). */
export type IntrospectionAnswer = { readonly active: false } | ({ readonly active: true } & Record<string, unknown>);

const INACTIVE: IntrospectionAnswer = Object.freeze({ active: false });

/** What a caller may learn about a token. Whatever it may not know is answered as if it did not exist. */
@Injectable()
export class Introspection {
  constructor(
    private readonly tokens: TokenFinder,
    private readonly rptPermissions: RptPermissions,
    private readonly registry: ClientRegistry,
    private readonly usage: UsageRecorder,
    private readonly clock: Clock,
    private readonly members: TokenMembers,
  ) {}

  /** @param resourceId - the `resource_id` of the old draft: what is asked about (IR-08) */
  async introspect(
    caller: IntrospectionCaller,
    value: string,
    resourceId: string | undefined,
  ): Promise<IntrospectionAnswer> {
    const token = await this.tokens.findLive(value);
    if (!token) return caller.kind === 'client' ? this.refreshToken(caller.clientId, value) : INACTIVE;
    if (!(await this.registry.findEnabled(token.clientId))) return INACTIVE;
    // UF-35: a PAT asks about RPTs, a client about ordinary tokens.
    const answer =
      caller.kind === 'pat' ? await this.rpt(caller, token, resourceId) : this.accessToken(caller, token, resourceId);
    if (answer.active && token.clientId !== caller.clientId) this.usage.note(token.authorizationId, this.clock.now());
    return answer;
  }

  private async rpt(
    caller: IntrospectionCaller & { kind: 'pat' },
    token: LiveToken,
    resourceId: string | undefined,
  ): Promise<IntrospectionAnswer> {
    const isOwn = token.owner === caller.owner && token.resourceServerId === caller.clientId;
    if (token.kind !== 'rpt' || !isOwn) return INACTIVE;
    const asked = (token.permissions ?? []).filter((one) => resourceId === undefined || one.resourceId === resourceId);
    const live = await this.rptPermissions.live(token.authorizationId, asked);
    if (live.length === 0) return INACTIVE;
    const permissions = live.map((permission) => permissionAnswer(permission, token));
    return { active: true, ...this.members.of(token, caller.clientId), permissions };
  }

  private accessToken(
    caller: IntrospectionCaller & { kind: 'client' },
    token: LiveToken,
    resourceId: string | undefined,
  ): IntrospectionAnswer {
    if (token.kind !== 'at') return INACTIVE;
    const { server } = caller;
    const isAudience = server !== undefined && token.audience === server.resource;
    if (resourceId !== undefined && !(isAudience && resourceId === server.resource)) return INACTIVE;
    if (token.clientId !== caller.clientId && !isAudience) return INACTIVE;
    // IR-05: a resource server sees the scopes of its own API.
    const scopes = isAudience ? intersect(token.scopes, server.scopes) : token.scopes;
    if (scopes.length === 0) return INACTIVE;
    return { active: true, ...this.members.of(token, caller.clientId), scope: scopes.join(' ') };
  }

  /** IR-07: only the client that owns it. */
  private async refreshToken(clientId: string, value: string): Promise<IntrospectionAnswer> {
    const token = await this.tokens.findLiveRefresh(value);
    if (token?.clientId !== clientId) return INACTIVE;
    return { active: true, ...this.members.ofRefreshToken(token) };
  }
}

/** The token-level `exp` wins where it is earlier (FedAuthz section 5.1.1). */
function permissionAnswer(permission: LivePermission, token: LiveToken): Record<string, unknown> {
  const { resourceId, scopes, expiresAt } = permission;
  const exp = expiresAt !== null && expiresAt < token.expiresAt ? { exp: toNumericDate(expiresAt) } : {};
  return { resource_id: resourceId, resource_scopes: scopes, ...exp };
}
