import { setImmediate as giveWay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { AuthorizationRecord, OwnerId } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { handleOfParty, holderOf } from './domain/holder.js';
import { OwnerPolicies } from './owner-policies.service.js';
import { OwnerRevocation } from './owner-revocation.service.js';
import type { OwnerStop } from './persistence/owner-stop.store.js';
import { OwnerStopStore } from './persistence/owner-stop.store.js';
import { StopGround } from './stop-ground.service.js';

/** Few enough that nobody waits long for one of them. */
const RECORDS = 20;
const SHARES = 50;
const MOST_HANDLES = 200;
/** One that nobody has ended after this was left by a process that ended. */
const LEFT_AFTER = 30_000;

const NEVER = new AbortController().signal;

/**
 * Ends everything that an owner gave, or all that one holder has: records first, so that no token is worth anything, then shares,
 * page by page. It is written down before it begins, and another process goes on where one ended. What a resource server needs to
 * protect the owner's things is spared: it keeps them anyway.
 */
@Injectable()
export class StopEverything {
  constructor(
    private readonly stops: OwnerStopStore,
    private readonly ground: StopGround,
    private readonly policies: OwnerPolicies,
    private readonly revocation: OwnerRevocation,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param holder - a handle; `null`: everybody. @returns what it ended */
  async stop(owner: OwnerId, holder: string | null): Promise<OwnerStop> {
    const id = await this.stops.begin(owner, holder, this.clock.now());
    return this.work(id, NEVER);
  }

  /** For a job: goes on with those that a process left. */
  async goOn(stopping: AbortSignal): Promise<void> {
    for (const { id } of await this.stops.open(this.clock.now() - LEFT_AFTER)) {
      if (!stopping.aborted) await this.work(id, stopping);
    }
  }

  /** May be done by two at once. */
  private async work(id: string, stopping: AbortSignal): Promise<OwnerStop> {
    await this.endAll(id, stopping, (stop, after) => this.endRecords(stop, after));
    await this.endAll(id, stopping, (stop, after) => this.endShares(stop, after));
    // What was decided at the same moment, by a share that is gone now.
    await this.endAll(id, stopping, (stop, after) => this.endRecords(stop, after));
    if (!stopping.aborted) await this.stops.done(id, this.clock.now());
    return this.found(id);
  }

  /** Page after page. A page whose condition failed is looked at again. */
  private async endAll(
    id: string,
    stopping: AbortSignal,
    page: (stop: OwnerStop, after: string) => Promise<string | undefined>,
  ): Promise<void> {
    for (let after: string | undefined = ''; after !== undefined && !stopping.aborted;) {
      const stop = await this.found(id);
      if (stop.doneAt !== null) return;
      after = await page(stop, after);
      await giveWay();
    }
  }

  /** @returns where to go on; `undefined` when there are no more */
  private async endRecords(stop: OwnerStop, after: string): Promise<string | undefined> {
    const page = await this.ground.records(stop.owner, after, RECORDS);
    const ended = page.records.filter((record) => isOf(stop, record));
    const writes = new WriteSet();
    let tokens = 0;
    const removed: string[] = [];
    for (const record of ended) {
      tokens += await this.ground.tokensOf(record);
      const handle = await this.revocation.prepareEnd(writes, record, 'stopped');
      if (handle !== undefined) removed.push(handle);
    }
    if (ended.length === 0) return page.next;
    // Those of a share are counted with it.
    const accesses = ended.filter(({ origin }) => origin !== 'uma').length;
    return (await this.commit(writes, stop, { accesses, tokens, removed })) ? page.next : after;
  }

  private async endShares(stop: OwnerStop, after: string): Promise<string | undefined> {
    const ids = await this.stops.shares(stop, after, this.clock.now(), SHARES);
    const policies = (await this.ground.policies(stop.owner, ids)).filter(
      (policy) => stop.holder === null || holderOf(policy) === stop.holder,
    );
    const last = ids.length < SHARES ? undefined : ids.at(-1);
    if (policies.length === 0) return last;
    const writes = new WriteSet();
    const removed = await this.policies.prepareEnd(writes, policies, 'stopped');
    return (await this.commit(writes, stop, { accesses: removed.length, tokens: 0, removed })) ? last : after;
  }

  private commit(
    writes: WriteSet,
    stop: OwnerStop,
    { accesses, tokens, removed }: OwnerStop['result'],
  ): Promise<boolean> {
    const { result } = stop;
    this.stops.progress(writes, stop, {
      accesses: result.accesses + accesses,
      tokens: result.tokens + tokens,
      removed: [...result.removed, ...removed].slice(0, MOST_HANDLES),
    });
    return this.database.tryCommit(writes);
  }

  private async found(id: string): Promise<OwnerStop> {
    const stop = await this.stops.find(id);
    if (!stop) throw new Error('the stop that was begun is gone');
    return stop;
  }
}

function isOf({ holder }: OwnerStop, { party, clientId }: AuthorizationRecord): boolean {
  if (holder === null) return true;
  return holder === (party === null ? `client:${clientId}` : handleOfParty(party));
}
