import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { AuthorizationStore } from './persistence/authorization.store.js';

/** More than this waiting means many different records in a few seconds; further ones wait for the next round. */
const CAPACITY = 20_000;
const BATCH = 200;

/**
 * Collects when records were last used and writes it every few seconds, in batches: owners see it to the nearest seconds,
 * and introspection stays a read. What was not written at a crash is lost, which is said in the owner API.
 */
@Injectable()
export class UsageRecorder {
  private readonly uses = new Map<string, Instant>();

  constructor(
    private readonly store: AuthorizationStore,
    private readonly database: Database,
  ) {}

  note(authorizationId: string, at: Instant): void {
    if (this.uses.size < CAPACITY || this.uses.has(authorizationId)) this.uses.set(authorizationId, at);
  }

  /** The latest use that is not written yet, or `undefined`: readers need not wait for the next write. */
  pendingUse(authorizationId: string): Instant | undefined {
    return this.uses.get(authorizationId);
  }

  /** Writes what was collected; what cannot be written now waits for the next time. Called by the job and at shutdown. */
  async flush(): Promise<void> {
    // In one order everywhere, so that two nodes never wait for each other's rows.
    const uses = [...this.uses].sort(([one], [other]) => (one < other ? -1 : 1));
    for (let start = 0; start < uses.length; start += BATCH) {
      const batch = uses.slice(start, start + BATCH);
      const writes = new WriteSet();
      for (const [id, at] of batch) this.store.noteUse(writes, id, at);
      await this.database.commit(writes);
      this.forget(batch);
    }
  }

  /** All but those that were used again meanwhile. */
  private forget(written: readonly (readonly [id: string, at: Instant])[]): void {
    for (const [id, at] of written) if (this.uses.get(id) === at) this.uses.delete(id);
  }
}
