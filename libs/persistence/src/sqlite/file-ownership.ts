import Sqlite from 'better-sqlite3';

/** Another process owns the SQLite file. */
export class DatabaseInUse extends Error {
  /** @param path - of the SQLite file */
  constructor(
    readonly path: string,
    options?: ErrorOptions,
  ) {
    super(`another process is using ${path}: stop it first, or use PostgreSQL for more than one process`, options);
  }
}

/**
 * Holds the right to be the only process on a SQLite file: an exclusive lock on a small neighbour database, which the
 * operating system gives back even after `kill -9`.
 */
export class FileOwnership {
  private constructor(private readonly lock: Sqlite.Database) {}

  /** @throws DatabaseInUse when another process holds the file; what SQLite throws when the folder cannot be written */
  static take(path: string): FileOwnership {
    const lock = new Sqlite(`${path}.lock`, { timeout: 0 });
    try {
      lock.pragma('locking_mode = EXCLUSIVE');
      lock.exec('BEGIN EXCLUSIVE');
    } catch (cause) {
      lock.close();
      throw isBusy(cause) ? new DatabaseInUse(path, { cause }) : cause;
    }
    return new FileOwnership(lock);
  }

  release(): void {
    if (this.lock.open) this.lock.close();
  }
}

/** Whether somebody has the lock; whichever copy of the driver's error class this is. */
function isBusy(cause: unknown): boolean {
  return typeof cause === 'object' && cause !== null && 'code' in cause && String(cause.code).startsWith('SQLITE_BUSY');
}
