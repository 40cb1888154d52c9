import { setImmediate as giveWay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { ActivityStore } from '@valetkey/activity';
import type { Clock } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { lineOfRequest } from './domain/access-request.js';
import { AccessRequestStore } from './persistence/access-request.store.js';
import { PolicyStore } from './persistence/policy.store.js';
import { ResourceStore } from './persistence/resource.store.js';
import { ShareHistory } from './share-history.service.js';

const BATCH = 50;

/** Tells owners what has ended by itself: shares whose end has come, and requests that nobody answered in time. */
@Injectable()
export class ToldEnds {
  constructor(
    private readonly policies: PolicyStore,
    private readonly requests: AccessRequestStore,
    private readonly resources: ResourceStore,
    private readonly history: ShareHistory,
    private readonly activity: ActivityStore,
    private readonly database: Database,
  ) {}

  /** All that ended until now. Safe to run twice at once: each end is told once. */
  async tell(clock: Clock, stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted && (await this.tellShares(clock)) + (await this.tellRequests(clock)) > 0) await giveWay();
  }

  /** @returns how many were told; others are being told, or changed, at this moment */
  private async tellShares(clock: Clock): Promise<number> {
    const now = clock.now();
    const ended = await this.policies.ended(now, BATCH);
    if (ended.length === 0) return 0;
    const uses = await this.history.lastUses(ended);
    const resources = await this.resources.findAll(ended.map(({ resourceId }) => resourceId));
    const writes = new WriteSet();
    for (const policy of ended) {
      this.policies.tellEnd(writes, policy, now);
      this.history.forgetUses(writes, policy);
      const about = { resource: resources.get(policy.resourceId), lastUsedAt: uses.get(policy.id) };
      this.history.end(writes, { by: 'expired', at: policy.expiresAt ?? now }, policy, about);
    }
    return (await this.database.tryCommit(writes)) ? ended.length : 0;
  }

  private async tellRequests(clock: Clock): Promise<number> {
    const overdue = await this.requests.overdue(clock.now(), BATCH);
    if (overdue.length === 0) return 0;
    const writes = new WriteSet();
    for (const request of overdue) {
      this.requests.expire(writes, request);
      this.activity.note(writes, { ...lineOfRequest(request), kind: 'request_expired', at: request.expiresAt });
    }
    return (await this.database.tryCommit(writes)) ? overdue.length : 0;
  }
}
