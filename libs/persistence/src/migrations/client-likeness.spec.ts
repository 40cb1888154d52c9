import { createPlace, describeEngines } from '@valetkey/testing';
import { DataSource } from 'typeorm';
import { ClientLikeness1764800000010 } from './1764800000010-client-likeness.js';
import { MIGRATIONS } from './index.js';

describeEngines('the migration of what names are taken for', (engine) => {
  it('attack class 212: clients from before are known by what their names are taken for', async () => {
    const place = await createPlace(engine);
    const migrations = MIGRATIONS.slice(0, MIGRATIONS.indexOf(ClientLikeness1764800000010));
    const former =
      engine === 'sqlite'
        ? new DataSource({ type: 'better-sqlite3', database: place.location, migrations })
        : new DataSource({ type: 'postgres', url: place.location, migrations });
    await former.initialize();
    await former.runMigrations({ transaction: 'all' });
    await former.query(`INSERT INTO client (id, name, type, authentication_method, grant_types, scopes, audiences,
      access_token_format, enabled, managed_by, created_at, updated_at) VALUES
      ('c_1', 'Große Bank', 'public', 'none', '[]', '[]', '[]', 'opaque', TRUE, 'configuration', 1, 1),
      ('c_2', '☂', 'public', 'none', '[]', '[]', '[]', 'opaque', TRUE, 'registration', 1, 1)`);
    await former.destroy();
    const open = await place.open();
    try {
      const rows = await open.dataSource.query<unknown>('SELECT id, likeness FROM client ORDER BY id');
      expect(rows).toEqual([
        { id: 'c_1', likeness: 'grossebank' },
        { id: 'c_2', likeness: '' },
      ]);
    } finally {
      await open.close();
      await place.remove();
    }
  });
});
