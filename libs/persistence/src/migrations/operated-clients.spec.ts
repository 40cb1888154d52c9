import { createPlace, describeEngines } from '@valetkey/testing';
import { OperatedClients1764600000020 } from './1764600000020-operated-clients.js';
import { formerDatabase } from './former-database.fixture.js';

describeEngines('the migration of clients that operators look for', (engine) => {
  it('clients from before are found by their words, ordered by their names, and not suspended', async () => {
    const place = await createPlace(engine);
    const former = await formerDatabase(place, OperatedClients1764600000020);
    await former.query(`INSERT INTO client (id, name, publisher, type, authentication_method, grant_types, scopes, audiences,
      access_token_format, enabled, managed_by, created_at, updated_at) VALUES
      ('c_1', 'Größe', 'Été', 'public', 'none', '[]', '[]', '[]', 'opaque', TRUE, 'configuration', 1, 1),
      ('c_2', 'B', NULL, 'public', 'none', '[]', '[]', '[]', 'opaque', TRUE, 'registration', 1, 1)`);
    await former.destroy();
    const open = await place.open();
    try {
      const rows = await open.dataSource.query<unknown>(
        'SELECT search_text, sort_name, suspended_at, version FROM client ORDER BY id',
      );
      expect(rows).toEqual([
        { search_text: 'grosse ete c_1', sort_name: 'grosse', suspended_at: null, version: 1 },
        { search_text: 'b c_2', sort_name: 'b', suspended_at: null, version: 1 },
      ]);
    } finally {
      await open.close();
      await place.remove();
    }
  });
});
