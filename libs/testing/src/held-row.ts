import { setTimeout as wait } from 'node:timers/promises';
import type { OpenDatabase } from '@valetkey/persistence';

/** Longer than any statement takes that waits for nobody. */
const MEANWHILE = 150;

/**
 * Holds what one statement writes in a transaction that is never committed, lets others begin in the meantime, and gives it
 * back: whatever writes the same rows waits in the middle of its own transaction, on PostgreSQL. On SQLite, where nothing is
 * ever in the middle, all of them wait for their turn.
 * @param meanwhile - starts what shall run in the meantime, one after the other; what it returns is waited for at the end
 */
export async function whileHolding<T>(
  { dataSource }: OpenDatabase,
  update: string,
  meanwhile: readonly (() => Promise<T>)[],
): Promise<T[]> {
  const runner = dataSource.createQueryRunner();
  const begun: Promise<T>[] = [];
  try {
    await runner.startTransaction();
    await runner.query(update);
    for (const start of meanwhile) {
      begun.push(start());
      await wait(MEANWHILE);
    }
    await runner.rollbackTransaction();
  } finally {
    await runner.release();
  }
  return Promise.all(begun);
}
