import type { INestApplicationContext } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { JobDefinition } from '@valetkey/jobs';
import { UsageRecorder } from '@valetkey/authorizations';
import { KeyRing } from '@valetkey/keys';
import { TokenExpiryStore } from '@valetkey/tokens';
import { UmaExpiryStore } from '@valetkey/uma';
import type { Config } from './config/config.js';

/** Rows stay so long after they expired, so that a clock that is corrected backwards revives nothing. */
const KEEP_EXPIRED = 60_000;
const FLUSH_USAGE_EVERY = 5_000;
/** Batches in one run: the rest waits for the next, so that a backlog never holds up requests. */
const MOST_BATCHES = 100;

/** THE list of background jobs. Each is safe to run twice at once and to be killed in the middle. */
export function jobDefinitions(app: INestApplicationContext, config: Config): JobDefinition[] {
  const { expireEvery, expireBatch, rotateCheckEvery } = config.jobs;
  const stores = [app.get(TokenExpiryStore), app.get(UmaExpiryStore)];
  const clock = app.get(Clock);
  const keyRing = app.get(KeyRing);
  const usage = app.get(UsageRecorder);
  return [
    { name: 'expire', every: expireEvery, run: () => expireAll(stores, clock, expireBatch) },
    { name: 'rotate_keys', every: rotateCheckEvery, run: async () => void (await keyRing.rotateDue()) },
    { name: 'note_usage', every: FLUSH_USAGE_EVERY, run: () => usage.flush() },
  ];
}

type ExpiryStore = Pick<TokenExpiryStore, 'expire'>;

async function expireAll(stores: readonly ExpiryStore[], clock: Clock, batch: number): Promise<void> {
  for (let round = 0; round < MOST_BATCHES; round += 1) {
    const before = clock.now() - KEEP_EXPIRED;
    const removed = await Promise.all(stores.map((store) => store.expire(before, batch)));
    if (Math.max(...removed) < batch) return;
    // Requests that have arrived in the meantime go first.
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
