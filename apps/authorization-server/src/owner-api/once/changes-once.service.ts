import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { ChangeKey, Claim, FoundChange } from './kept-answer.store.js';
import { KeptAnswerStore } from './kept-answer.store.js';

const KEPT = 86_400_000;
/** No change takes so long: whoever made it is gone. */
const LONGEST_CHANGE = 60_000;
/** So long the second of two at once waits for the answer of the first. */
const WAIT = 5_000;
const LOOK_EVERY = 100;
/** Kept of one owner: far more than a person makes changes in a day. */
const MOST_OF_OWNER = 5_000;

/** What is sent again: the status is the route's own. */
export interface KeptAnswer {
  readonly body?: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Changes that are made once however often they are sent (Idempotency-Key): what was answered is answered again for a day. A refusal
 * is not kept, since nothing was changed. After a fault, or the end of the process in the middle, it is not known whether something
 * was: then the change is never made again with that key.
 */
@Injectable()
export class ChangesOnce {
  constructor(
    private readonly store: KeptAnswerStore,
    private readonly clock: Clock,
  ) {}

  /**
   * @param request - digest of all that makes the request what it is
   * @returns the claim to make the change now, to be ended by `keep`, `release` or `doubt`; or what was answered before
   * @throws OAuthError 422 for a key of another change, 409 for one that is under way (with retry-after) or in doubt, 429
   */
  async begin(key: ChangeKey, request: string): Promise<{ claim: Claim } | { answer: KeptAnswer }> {
    for (const deadline = this.clock.now() + WAIT; ; await wait(LOOK_EVERY)) {
      const now = this.clock.now();
      const found = await this.store.find(key, now);
      const answer = found && this.answerOf(found, request);
      if (answer) return { answer };
      if (found && now >= deadline) throw new OAuthError('invalid_state', 'change_under_way', { 'retry-after': '1' });
      if (found) continue;
      const claim = { ...key, begunAt: now };
      if (await this.store.claim(claim, request, { expiresAt: now + KEPT, most: MOST_OF_OWNER })) return { claim };
      // Another one's is found in the next turn; without any there was no room.
      if ((await this.store.count(key.owner)) >= MOST_OF_OWNER && !(await this.store.find(key, now))) {
        throw new OAuthError('temporarily_unavailable', 'too_many_change_keys', { 'retry-after': '3600' }, 429);
      }
    }
  }

  keep(claim: Claim, answer: KeptAnswer): Promise<void> {
    return this.store.keep(claim, JSON.stringify(answer));
  }

  /** It was refused, so that nothing is changed. */
  release(claim: Claim): Promise<void> {
    return this.store.release(claim);
  }

  /** It failed, and something may be changed. */
  doubt(claim: Claim): Promise<void> {
    return this.store.doubt(claim);
  }

  private answerOf({ request, answer, begunAt }: FoundChange, present: string): KeptAnswer | undefined {
    if (request !== present) throw new OAuthError('invalid_request', 'change_key_reused', {}, 422);
    if (answer !== null) return JSON.parse(answer) as KeptAnswer;
    if (begunAt + LONGEST_CHANGE < this.clock.now()) throw new OAuthError('invalid_state', 'change_in_doubt');
    return undefined;
  }
}
