import type { Database, WriteSet } from '@valetkey/persistence';
import { ConditionFailed } from '@valetkey/persistence';

/** Commits, and says whether the conditions held; other failures are thrown. */
export async function commits(database: Database, writes: WriteSet): Promise<boolean> {
  try {
    await database.commit(writes);
    return true;
  } catch (cause) {
    if (cause instanceof ConditionFailed) return false;
    throw cause;
  }
}
