import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose device it is, is asked before anybody says who she is. */
export class KnownDevices1764530000020 implements MigrationInterface {
  name = 'KnownDevices1764530000020';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX known_place_place ON known_place (place)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX known_place_place');
  }
}
