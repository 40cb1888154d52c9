import { Injectable } from '@nestjs/common';
import { SuspensionStore } from './persistence/suspension.store.js';

/** Records of one statement: small enough that nobody waits long for one of them. */
const BATCH = 1_000;

/**
 * Records rest while their owner (an account, or a client of its own), their requesting party's account or the issuer that
 * vouches for her is disabled, with everything below them, and go on when all of these are enabled again. It is written into
 * the records when accounts, clients and issuers change, so that introspection has nothing more to look up.
 */
@Injectable()
export class Suspension {
  constructor(private readonly store: SuspensionStore) {}

  /**
   * Call it after every change of accounts, clients and trusted issuers, once that is committed. May be repeated at any time; a
   * job does it, since a process can end before it has followed, and a child can be born while its parent is suspended.
   */
  async follow(): Promise<void> {
    await this.suspendAll();
    // Parents go on first; what stands below them follows in the next round.
    let total = 0;
    for (let resumed = 1; resumed > 0; total += resumed) resumed = await this.resumeAll();
    // Another server may have followed a change of that moment, and have found these still resting.
    if (total > 0) await this.suspendAll();
  }

  private async suspendAll(): Promise<void> {
    while ((await this.store.suspend(BATCH)) > 0);
    while ((await this.store.suspendBelow(BATCH)) > 0);
  }

  private async resumeAll(): Promise<number> {
    let total = 0;
    for (let after: string | undefined = ''; after !== undefined;) {
      const { resumed, last }: { resumed: number; last?: string } = await this.store.resume(after, BATCH);
      total += resumed;
      after = last;
    }
    return total;
  }
}
