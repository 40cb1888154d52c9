import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** Answers to changes that owners may send again with the same key. */
export class KeptAnswers1764540000060 implements MigrationInterface {
  name = 'KeptAnswers1764540000060';

  async up(runner: QueryRunner): Promise<void> {
    await createKeyOrderedTable(
      runner,
      `CREATE TABLE kept_answer (
        owner text NOT NULL, key_hash text NOT NULL, request text NOT NULL, begun_at bigint NOT NULL, answer text,
        expires_at bigint NOT NULL, PRIMARY KEY (owner, key_hash))`,
    );
    await runner.query('CREATE INDEX kept_answer_end ON kept_answer (expires_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE kept_answer');
  }
}
