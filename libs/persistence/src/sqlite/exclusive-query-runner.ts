import type { DataSource, QueryRunner } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';
import type { ExclusiveTurn } from './exclusive-turn.js';

/**
 * TypeORM shares one SQLite connection between all flows, so concurrent transactions run into each other. This runner takes
 * a turn on the connection with its first query and gives it back on release, rolling back what was left open.
 */
class ExclusiveQueryRunner extends BetterSqlite3QueryRunner {
  private giveBack?: Promise<() => void>;

  constructor(
    driver: BetterSqlite3Driver,
    private readonly turn: ExclusiveTurn,
  ) {
    super(driver);
  }

  override async query(
    sql: string,
    values?: unknown[],
    structured?: boolean,
  ): ReturnType<BetterSqlite3QueryRunner['query']> {
    // Nested calls of one runner (a transaction and its queries) share the turn it already holds.
    this.giveBack ??= this.turn.take();
    await this.giveBack;
    return super.query(sql, values, structured);
  }

  override async release(): Promise<void> {
    const holding = this.giveBack;
    if (!holding) return;
    this.giveBack = undefined;
    try {
      await holding;
      if (this.isTransactionActive) await this.rollbackAbandoned();
      await super.release();
    } finally {
      (await holding)();
    }
  }

  private async rollbackAbandoned(): Promise<void> {
    this.isTransactionActive = false;
    this.transactionDepth = 0;
    await super.query('ROLLBACK');
  }
}

/** Makes a data source of better-sqlite3 hand out runners that take turns. Call before `initialize()`. */
export function useExclusiveRunners(dataSource: DataSource, turn: ExclusiveTurn): void {
  const driver = dataSource.driver as BetterSqlite3Driver;
  driver.createQueryRunner = (): QueryRunner => new ExclusiveQueryRunner(driver, turn);
}
