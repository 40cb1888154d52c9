import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { sha256 } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import type { Refusal, SeenUse, Use } from './domain/access-moment.js';
import type { ActivityLine } from './domain/activity-line.js';
import { AccessUseStore } from './persistence/access-use.store.js';
import { ActivityStore } from './persistence/activity.store.js';
import { LastRefusalStore } from './persistence/last-refusal.store.js';

/** More of one kind waiting means very many different ones in a few seconds; further ones are passed over until these are written. */
const CAPACITY = 20_000;
const BATCH = 100;
const HOUR = 3_600_000;

/**
 * Collects uses and refusals and writes them every few seconds, in batches: token endpoint and introspection write nothing more
 * for them. Of the same holder, application and resource a use, and a refusal, is told once an hour, whichever server saw it; when
 * each was the last is kept exactly. What was not written at a crash is lost.
 */
@Injectable()
export class ActivityRecorder {
  private readonly lines = new Map<string, ActivityLine>();
  private readonly uses = new Map<string, SeenUse>();
  private readonly refusals = new Map<string, Refusal>();
  /** What was told this hour already, by this server. */
  private told = new Set<string>();
  private hour = 0;

  constructor(
    private readonly activity: ActivityStore,
    private readonly accesses: AccessUseStore,
    private readonly lastRefusals: LastRefusalStore,
    private readonly database: Database,
  ) {}

  used(use: Use): void {
    const { owner, holder, holderName, clientId, resource, scopes, at, accessIds } = use;
    for (const accessId of accessIds) {
      const key = JSON.stringify([accessId, clientId, holder]);
      const firstUsedAt = this.uses.get(key)?.firstUsedAt ?? at;
      put(this.uses, key, { accessId, clientId, holder, firstUsedAt, lastUsedAt: at });
    }
    const [accessId] = accessIds;
    const about = { owner, at, holder, actor: holder, clientId, scopes, ...(resource && { resources: [resource] }) };
    const named = { ...about, ...(holderName !== undefined && { holderName }) };
    this.tell({ kind: 'used', ...named, ...(accessId !== undefined && { accessId }) });
  }

  refused(refusal: Refusal): void {
    const { owner, holder, holderName, clientId, resource, scopes, at } = refusal;
    put(this.refusals, JSON.stringify([owner, holder, clientId, resource?.id]), refusal);
    const about = { owner, at, holder, actor: holder, clientId, scopes, ...(resource && { resources: [resource] }) };
    this.tell({ kind: 'refused', ...about, ...(holderName !== undefined && { holderName }) });
  }

  /** The latest uses that are not written yet, by access: readers need not wait for the next write. */
  pendingUses(): ReadonlyMap<string, Instant> {
    const latest = new Map<string, Instant>();
    for (const { accessId, lastUsedAt } of this.uses.values()) {
      latest.set(accessId, Math.max(lastUsedAt, latest.get(accessId) ?? 0));
    }
    return latest;
  }

  /** Writes what was collected; what cannot be written now waits for the next time. Called by the job and at shutdown. */
  async flush(): Promise<void> {
    await this.write(this.uses, (writes, use) => this.accesses.note(writes, use));
    await this.write(this.refusals, (writes, refusal) => this.lastRefusals.note(writes, refusal));
    await this.write(this.lines, (writes, line, once) => this.activity.noteOnce(writes, line, once));
  }

  private tell(line: ActivityLine): void {
    const hour = Math.floor(line.at / HOUR);
    if (hour !== this.hour) [this.hour, this.told] = [hour, new Set()];
    const { kind, owner, holder, clientId, resources = [] } = line;
    const once = sha256(JSON.stringify([kind, owner, holder, clientId, resources.map(({ id }) => id), hour]));
    if (this.told.has(once) || !put(this.lines, once, line)) return;
    if (this.told.size < CAPACITY) this.told.add(once);
  }

  private async write<T>(
    pending: Map<string, T>,
    add: (writes: WriteSet, item: T, key: string) => void,
  ): Promise<void> {
    // In one order everywhere, so that two nodes never wait for each other's rows.
    const items = [...pending].sort(([one], [other]) => (one < other ? -1 : 1));
    for (let start = 0; start < items.length; start += BATCH) {
      const batch = items.slice(start, start + BATCH);
      const writes = new WriteSet();
      for (const [key, item] of batch) add(writes, item, key);
      await this.database.commit(writes);
      // All but those that came anew meanwhile.
      for (const [key, item] of batch) if (pending.get(key) === item) pending.delete(key);
    }
  }
}

/** @returns false when there is no room */
function put<T>(pending: Map<string, T>, key: string, item: T): boolean {
  if (pending.size >= CAPACITY && !pending.has(key)) return false;
  pending.set(key, item);
  return true;
}
