import Sqlite from 'better-sqlite3';

/**
 * Holds the right to be the only process on a SQLite file: an exclusive lock on a small neighbour database, which the
 * operating system gives back even after `kill -9`.
 */
export class FileOwnership {
  private constructor(private readonly lock: Sqlite.Database) {}

  /** @throws Error when another process holds the file */
  static take(path: string): FileOwnership {
    const lock = new Sqlite(`${path}.lock`, { timeout: 0 });
    try {
      lock.pragma('locking_mode = EXCLUSIVE');
      lock.exec('BEGIN EXCLUSIVE');
    } catch (cause) {
      lock.close();
      throw new Error(`another process is using ${path}: stop it first, or use PostgreSQL for more than one process`, {
        cause,
      });
    }
    return new FileOwnership(lock);
  }

  release(): void {
    if (this.lock.open) this.lock.close();
  }
}
