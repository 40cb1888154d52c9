import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createKeyOrderedTable } from './key-ordered-table.js';

/** Of the resources that are there already: equal lists of scopes are read once. */
const PRESENT = 'SELECT DISTINCT resource_server_id, scopes FROM resource';

/** Which scopes resource servers registered resources with: for whoever words them, without a look at every resource. */
export class RegisteredScopes1764600000030 implements MigrationInterface {
  name = 'RegisteredScopes1764600000030';

  async up(runner: QueryRunner): Promise<void> {
    await createKeyOrderedTable(
      runner,
      `CREATE TABLE registered_scope (
        scope text NOT NULL, resource_server_id text NOT NULL, PRIMARY KEY (scope, resource_server_id))`,
    );
    const rows = (await runner.query(PRESENT)) as { resource_server_id: string; scopes: string }[];
    const [one, other] = runner.dataSource.options.type === 'postgres' ? ['$1', '$2'] : ['?', '?'];
    const insert = `INSERT INTO registered_scope (scope, resource_server_id) VALUES (${one}, ${other}) ON CONFLICT DO NOTHING`;
    for (const { resource_server_id: server, scopes } of rows) {
      for (const [scope] of JSON.parse(scopes) as [string, number][]) await runner.query(insert, [scope, server]);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE registered_scope');
  }
}
