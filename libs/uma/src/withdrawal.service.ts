import { Injectable } from '@nestjs/common';
import { PermissionCeilingStore } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { TokenFamilyStore } from '@valetkey/tokens';
import type { Policy } from './domain/policy.js';
import { ResourceStore } from './persistence/resource.store.js';

/** Takes back what tokens were given, in the commit that ends the ground for it (UF-13, UG-42). */
@Injectable()
export class Withdrawal {
  constructor(
    private readonly resources: ResourceStore,
    private readonly ceilings: PermissionCeilingStore,
    private readonly families: TokenFamilyStore,
    private readonly clock: Clock,
  ) {}

  /** What the policy permitted. Fails as a condition when its resource is not the owner's any more. */
  ofPolicy(writes: WriteSet, policy: Policy): void {
    this.resources.bumpPolicyVersion(writes, policy.resourceId, policy.owner);
    this.families.revokeRefreshWithPolicy(writes, policy.resourceId, policy.id, this.clock.now());
    this.ceilings.withdrawPolicy(writes, policy.resourceId, policy.id);
  }

  /** All that names the resource. */
  ofResource(writes: WriteSet, resourceId: string): void {
    this.families.revokeRefreshWithResource(writes, resourceId, this.clock.now());
    this.ceilings.withdrawResource(writes, resourceId);
  }
}
