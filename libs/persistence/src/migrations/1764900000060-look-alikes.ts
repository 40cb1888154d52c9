import type { MigrationInterface, QueryRunner } from 'typeorm';
import { noteLikenesses } from './note-likenesses.js';

/** Letters of other scripts are taken for the Latin ones that they look like, in names from before, too. */
export class LookAlikes1764900000060 implements MigrationInterface {
  name = 'LookAlikes1764900000060';

  async up(runner: QueryRunner): Promise<void> {
    await noteLikenesses(runner);
  }

  async down(): Promise<void> {
    // What is noted says no less to a server from before.
  }
}
