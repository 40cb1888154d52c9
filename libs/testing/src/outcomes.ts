import type { Database } from '@valetkey/persistence';
import { WriteSet } from '@valetkey/persistence';

/** Commits what `fill` adds, and says whether the conditions held; any other failure is thrown. */
export async function commits(database: Database, fill: (writes: WriteSet) => void): Promise<boolean> {
  const writes = new WriteSet();
  fill(writes);
  return database.tryCommit(writes);
}

/** Commits what `fill` adds; a failed condition fails the test. */
export async function write(database: Database, fill: (writes: WriteSet) => void): Promise<void> {
  if (!(await commits(database, fill))) throw new Error('a condition of the write-set did not hold');
}

/** Lets `count` contenders do the same at once. @returns what each of them got, in order */
export function race<T>(count: number, contender: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => contender(index)));
}

/** How many outcomes are `true`. */
export const winners = (outcomes: readonly boolean[]): number => outcomes.filter(Boolean).length;
