import { createPlace, describeEngines } from '@valetkey/testing';
import { OwnersThings1764540000040 } from './1764540000040-owners-things.js';
import { formerDatabase } from './former-database.fixture.js';

describeEngines('the migration of owners’ things', (engine) => {
  it('resources from before are found by their words, and ordered by their names', async () => {
    const place = await createPlace(engine);
    const former = await formerDatabase(place, OwnersThings1764540000040);
    const description = JSON.stringify({ name: 'Größe', 'name#fr': 'Été', description: 'x', type: 'photo' });
    await former.query(`INSERT INTO resource (id, owner, resource_server_id, name, description, scopes, version,
      policy_version, created_at, updated_at) VALUES ('r_1', 'account:a', 'photos', 'Größe', '${description}', '[]', 1, 1, 1, 1),
      ('r_2', 'account:a', 'photos', NULL, '{}', '[]', 1, 1, 1, 1)`);
    await former.destroy();
    const open = await place.open();
    try {
      const rows = await open.dataSource.query<unknown>('SELECT search_text, sort_name FROM resource ORDER BY id');
      expect(rows).toEqual([
        { search_text: 'grosse ete x', sort_name: 'grosse' },
        { search_text: '', sort_name: '' },
      ]);
    } finally {
      await open.close();
      await place.remove();
    }
  });
});
