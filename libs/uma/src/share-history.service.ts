import { Injectable } from '@nestjs/common';
import type { ActivityLine } from '@valetkey/activity';
import { AccessUseStore, ActivityRecorder, ActivityStore } from '@valetkey/activity';
import type { Instant } from '@valetkey/kernel';
import type { ActivityKind, EndReason } from '@valetkey/owner-contract';
import type { WriteSet } from '@valetkey/persistence';
import { holderOf } from './domain/holder.js';
import type { Policy } from './domain/policy.js';
import type { Resource } from './domain/resource.js';
import { RemovedAccessStore } from './persistence/removed-access.store.js';

/** What is known of a policy's resource; the resource itself may be gone. */
export type ResourceOfShare = Pick<Resource, 'name' | 'resourceServerId'>;

/** How a share began or changed. */
export interface ShareMoment {
  readonly kind: ActivityKind;
  /** Handle of who did it, where that was not the owner. */
  readonly actor?: string;
  /** The address that the invitation went to. */
  readonly invited?: string;
}

/** How a share ended. */
export interface ShareEnd {
  readonly by: EndReason;
  readonly at: Instant;
}

const KIND_OF_END: Readonly<Record<EndReason, ActivityKind>> = {
  owner: 'removed',
  expired: 'ended',
  stopped: 'stopped',
  handover_over: 'handover_ended',
  resource_removed: 'ended',
  holder: 'ended',
  operator: 'ended',
};
const BY_OWNER: ReadonlySet<EndReason> = new Set(['owner', 'stopped', 'handover_over']);
/** What ended by these may come back on the same terms. */
const GIVEN_BACK: ReadonlySet<EndReason> = new Set(['owner', 'stopped']);

export function accessIdOf({ id }: Pick<Policy, 'id'>): string {
  return `share:${id}`;
}

/** The life of shares, told in the write-set of each change. */
@Injectable()
export class ShareHistory {
  constructor(
    private readonly activity: ActivityStore,
    private readonly uses: AccessUseStore,
    private readonly recorder: ActivityRecorder,
    private readonly removed: RemovedAccessStore,
  ) {}

  /** The share began, or is another now. */
  tell(writes: WriteSet, moment: ShareMoment, policy: Policy, resource: ResourceOfShare | undefined): void {
    const { updatedAt: at, owner } = policy;
    this.activity.note(writes, { ...lineOf(policy, resource), at, actor: owner, ...moment });
  }

  /** When each of the policies was last used, by its id. Read it before {@link end}. */
  async lastUses(policies: readonly Pick<Policy, 'id'>[]): Promise<ReadonlyMap<string, Instant>> {
    const written = await this.uses.lastOf(policies.map(accessIdOf));
    const pending = this.recorder.pendingUses();
    const latest = new Map<string, Instant>();
    for (const policy of policies) {
      const id = accessIdOf(policy);
      const at = Math.max(written.get(id) ?? 0, pending.get(id) ?? 0);
      if (at > 0) latest.set(policy.id, at);
    }
    return latest;
  }

  /**
   * The share is over: a line, and how it was, so that it may come back.
   * @param lastUsedAt - of {@link lastUses}
   * @returns the handle by which it may come back
   */
  end(
    writes: WriteSet,
    { by, at }: ShareEnd,
    policy: Policy,
    { resource, lastUsedAt = null }: { resource: ResourceOfShare | undefined; lastUsedAt: Instant | null | undefined },
  ): string {
    const actor = BY_OWNER.has(by) && { actor: policy.owner };
    this.activity.note(writes, { ...lineOf(policy, resource), kind: kindOfEnd(by, policy), at, ...actor });
    const [resourceName, resourceServerId] = [resource?.name ?? null, resource?.resourceServerId ?? null];
    return this.removed.insert(writes, {
      owner: policy.owner,
      accessId: accessIdOf(policy),
      terms: { kind: 'share', policy, resourceName, resourceServerId, lastUsedAt },
      endedAt: at,
      endedBy: by,
      mayComeBack: GIVEN_BACK.has(by) && (policy.expiresAt === null || policy.expiresAt > at),
    });
  }

  /** With the policy itself: nothing is remembered of its uses but what the lines say. */
  forgetUses(writes: WriteSet, policy: Pick<Policy, 'id'>): void {
    this.uses.forget(writes, accessIdOf(policy));
  }
}

/** What was handed over ends as a cover, also where its time was over. */
function kindOfEnd(by: EndReason, { handoverId }: Policy): ActivityKind {
  return by === 'expired' && handoverId !== undefined ? 'handover_ended' : KIND_OF_END[by];
}

function lineOf(policy: Policy, resource: ResourceOfShare | undefined): Omit<ActivityLine, 'kind' | 'at'> {
  const { owner, subjectName, clientId, resourceId, scopes, expiresAt, requestId } = policy;
  const name = resource?.name ?? undefined;
  return {
    owner,
    holder: holderOf(policy),
    ...(subjectName !== undefined && { holderName: subjectName }),
    ...(clientId !== null && { clientId }),
    resources: [
      { id: resourceId, ...(name !== undefined && { name }), ...(resource && { serverId: resource.resourceServerId }) },
    ],
    scopes,
    ...(expiresAt !== null && { endsAt: expiresAt }),
    accessId: accessIdOf(policy),
    ...(requestId !== null && { requestId }),
  };
}
