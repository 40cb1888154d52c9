import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Duration } from '@valetkey/kernel';
import { Clock, sha256 } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { PasskeyStore } from '../persistence/passkey.store.js';

const LIFETIME: Duration = 5 * 60_000;
const BYTES = 32;
const ANYBODY = '';

/** Challenges for passkeys (WebAuthn 13.4.3): ours, random, each answered once. */
@Injectable()
export class PasskeyChallenges {
  constructor(
    private readonly store: PasskeyStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @param accountId - whose answer is awaited; without it whoever signs in */
  async issue(accountId = ANYBODY): Promise<Uint8Array<ArrayBuffer>> {
    const challenge = new Uint8Array(randomBytes(BYTES));
    const writes = new WriteSet();
    const hash = sha256(Buffer.from(challenge).toString('base64url'));
    this.store.challenge(writes, { hash, accountId, expiresAt: this.clock.now() + LIFETIME });
    await this.database.commit(writes);
    return challenge;
  }

  /** Uses a challenge (base64url) up. False for one that is not ours, is another's, was answered or has expired. */
  async answer(challenge: string, accountId = ANYBODY): Promise<boolean> {
    const writes = new WriteSet();
    this.store.answer(writes, { hash: sha256(challenge), accountId, now: this.clock.now() });
    return this.database.tryCommit(writes);
  }
}
