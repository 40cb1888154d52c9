import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';

/** What a store of administration gets to work with inside one transaction. */
export type AdministrationTransaction = EntityManager;

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
}
