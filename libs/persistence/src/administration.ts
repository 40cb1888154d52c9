import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';

/** What a store of administration gets to work with inside one transaction. */
export type AdministrationTransaction = EntityManager;

/** Any constant besides the one of migrations: the key of the advisory lock under which one process at a time works. */
const ADMINISTRATION_LOCK = 7_605_002;

/**
 * Ordinary TypeORM transactions for what changes rarely: configuration, console, operators. On SQLite they take turns with
 * the committer of the hot paths.
 */
@Injectable()
export class Administration {
  constructor(private readonly dataSource: DataSource) {}

  /** All of the work or none of it. @throws whatever the work throws, after rolling back */
  transaction<T>(work: (transaction: AdministrationTransaction) => Promise<T>): Promise<T> {
    return this.dataSource.transaction(work);
  }

  /**
   * Work that reads what is there and then brings it in line, by several transactions or write-sets: on PostgreSQL one
   * process at a time, the others wait. A SQLite file has one process anyway. Not for nesting.
   * @throws whatever the work throws
   */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    if (this.dataSource.options.type !== 'postgres') return work();
    const runner = this.dataSource.createQueryRunner();
    try {
      await runner.query('SELECT pg_advisory_lock($1)', [ADMINISTRATION_LOCK]);
      return await work().finally(() => runner.query('SELECT pg_advisory_unlock($1)', [ADMINISTRATION_LOCK]));
    } finally {
      await runner.release();
    }
  }
}
