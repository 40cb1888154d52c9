import { setImmediate as giveWay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { newId } from '@valetkey/kernel';
import type { SweptPage } from './persistence/suspension.store.js';
import { SuspensionStore } from './persistence/suspension.store.js';

/** Records of one statement: small enough that nobody waits long for one of them. */
const BATCH = 250;
/** Batches of resting records that one look goes through when nobody was disabled or enabled. */
const BATCHES_OF_A_LOOK = 20;

const NEVER = new AbortController().signal;

/**
 * Records rest while their owner (an account, or a client of its own), their requesting party's account or the issuer that
 * vouches for her is disabled, with everything below them, and go on when all of these are enabled again. It is written into
 * the records when accounts, clients and issuers change, so that introspection has nothing more to look up. It is done in batches,
 * and between two of them others have their turn, since on SQLite a batch takes the event loop with it.
 */
@Injectable()
export class Suspension {
  /** Who was disabled when all was last followed to its end; absent before. */
  private followed: string | undefined;
  /** Where the slow round over resting records is. It begins anywhere, so that restarts leave no part out. */
  private after = newId('g');

  constructor(private readonly store: SuspensionStore) {}

  /**
   * Call it after every change of accounts, clients and trusted issuers, once that is committed. May be repeated at any time.
   * @param stopping - when aborted, the batch at hand is the last
   */
  async follow(stopping: AbortSignal = NEVER): Promise<void> {
    // Until the end is reached, for whatever reason it is not, the next look follows again.
    this.followed = undefined;
    // Read first: what changes in the middle is another change.
    const disabled = await this.store.disabled();
    await this.suspendAll(disabled.issuers, stopping);
    // Parents go on first; what stands below them follows in the next round.
    let total = 0;
    for (let resumed = 1; resumed > 0; total += resumed) {
      resumed = await this.sweep((after) => this.store.resume(after, BATCH), stopping);
    }
    // Another server may have followed a change of that moment, and have found these still resting.
    if (total > 0) await this.suspendAll(disabled.issuers, stopping);
    if (!stopping.aborted) this.followed = disabled.digest;
  }

  /**
   * One look, for a job: follows when others are disabled than last time, by whichever process. Else it goes on in its slow round over
   * the records that rest, for what a process left that ended in the middle, and follows when there is any.
   */
  async look(stopping: AbortSignal): Promise<void> {
    const { digest } = await this.store.disabled();
    if (digest !== this.followed || (await this.findLeftOver(stopping))) await this.follow(stopping);
  }

  /** @returns whether there was any: then there may be more */
  private async findLeftOver(stopping: AbortSignal): Promise<boolean> {
    if ((await this.store.suspend(BATCH)) > 0) return true;
    for (let batch = 0; batch < BATCHES_OF_A_LOOK && !stopping.aborted; batch += 1) {
      const below = await this.store.suspendBelow(this.after, BATCH);
      const { changed, last = '' } = await this.store.resume(this.after, BATCH);
      this.after = last;
      if (below.changed + changed > 0) return true;
      if (last === '') return false;
      await giveWay();
    }
    return false;
  }

  private async suspendAll(issuers: readonly string[], stopping: AbortSignal): Promise<void> {
    while (!stopping.aborted && (await this.store.suspend(BATCH)) > 0) await giveWay();
    for (const issuer of issuers) {
      await this.sweep((after) => this.store.suspendVouchedFor(issuer, after, BATCH), stopping);
    }
    await this.sweep((after) => this.store.suspendBelow(after, BATCH), stopping);
  }

  /** Page after page to the end. @returns how many records were changed */
  private async sweep(page: (after: string) => Promise<SweptPage>, stopping: AbortSignal): Promise<number> {
    let total = 0;
    for (let after: string | undefined = ''; after !== undefined && !stopping.aborted;) {
      const { changed, last }: SweptPage = await page(after);
      total += changed;
      after = last;
      await giveWay();
    }
    return total;
  }
}
