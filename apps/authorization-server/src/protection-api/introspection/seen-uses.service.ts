import { Injectable } from '@nestjs/common';
import { ActivityRecorder } from '@valetkey/activity';
import { UsageRecorder } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import type { LiveToken } from '@valetkey/tokens';
import type { LivePermission } from '@valetkey/uma';
import { handleOfToken, toldName } from '@valetkey/uma';

/** Whoever shows a token at a resource server uses the access behind it: noted in memory, so that introspection stays a read. */
@Injectable()
export class SeenUses {
  constructor(
    private readonly usage: UsageRecorder,
    private readonly activity: ActivityRecorder,
    private readonly clock: Clock,
  ) {}

  /** What an application holds by the owner's consent. */
  ofAccessToken(token: LiveToken, scopes: readonly string[]): void {
    const at = this.clock.now();
    this.usage.note(token.authorizationId, at);
    const { owner, clientId, authorizationId } = token;
    const holder = `client:${clientId}`;
    // A client's access to what is its own is nobody's share.
    if (owner === holder) return;
    this.activity.used({ owner, holder, clientId, scopes, at, accessIds: [`grant:${authorizationId}`] });
  }

  /** What somebody holds by an owner's policies. */
  ofRpt(token: LiveToken, permissions: readonly LivePermission[]): void {
    const at = this.clock.now();
    this.usage.note(token.authorizationId, at);
    const { owner, clientId, resourceServerId: serverId } = token;
    const holder = handleOfToken(token);
    const holderName = token.party === null ? undefined : toldName(token.party);
    const whose = { owner, holder, clientId, ...(holderName !== undefined && { holderName }) };
    for (const { resourceId: id, resourceName: name, scopes, policyIds } of permissions) {
      const resource = { id, ...(name !== null && { name }), ...(serverId !== null && { serverId }) };
      const accessIds = policyIds.map((policy) => `share:${policy}`);
      this.activity.used({ ...whose, resource, scopes, at, accessIds });
    }
  }
}
