import type { MigrationInterface, QueryRunner } from 'typeorm';

interface Row {
  client_id: string;
  registered: string;
  metadata: string | null;
}

/** Terms and privacy pages of clients that registered them before people were led there. */
export class RegisteredPages1764530000082 implements MigrationInterface {
  name = 'RegisteredPages1764530000082';

  async up(runner: QueryRunner): Promise<void> {
    const rows = (await runner.query(
      `SELECT r.client_id, r.metadata AS registered, c.metadata FROM client_registration r JOIN client c ON c.id = r.client_id
       WHERE c.managed_by = 'registration'`,
    )) as Row[];
    const isSqlite = runner.dataSource.options.type !== 'postgres';
    const update = `UPDATE client SET metadata = ${isSqlite ? '?' : '$1'} WHERE id = ${isSqlite ? '?' : '$2'}`;
    for (const { client_id: id, registered, metadata } of rows) {
      const { tos_uri: termsUri = null, policy_uri: privacyUri = null } = JSON.parse(registered) as Record<
        string,
        unknown
      >;
      const known = JSON.parse(metadata ?? '{}') as Record<string, unknown>;
      if ('termsUri' in known || (termsUri === null && privacyUri === null)) continue;
      await runner.query(update, [JSON.stringify({ ...known, termsUri, privacyUri }), id]);
    }
  }

  down(): Promise<void> {
    return Promise.resolve();
  }
}
