import { createPlace, describeEngines } from '@valetkey/testing';
import type { DatabasePlace } from '@valetkey/testing';
import { RegisteredScopes1764600000030 } from './1764600000030-registered-scopes.js';
import { formerDatabase } from './former-database.fixture.js';

const resource = (id: string, server: string, scopes: string[]) =>
  `INSERT INTO resource (id, owner, resource_server_id, description, scopes, version, policy_version, created_at, updated_at, sort_name,
     search_text)
   VALUES ('${id}', 'account:a', '${server}', '{}', '${JSON.stringify(scopes.map((scope) => [scope, 1]))}', 1, 1, 1, 1, '', '')`;

describeEngines('the migration of registered scopes', (engine) => {
  let place: DatabasePlace;
  beforeEach(async () => (place = await createPlace(engine)));
  afterEach(() => place.remove());

  it('P7 the scopes of resources that are there already are known, each once for each resource server', async () => {
    const before = await formerDatabase(place, RegisteredScopes1764600000030);
    await before.query(resource('r1', 'photos', ['view', 'print']));
    await before.query(resource('r2', 'photos', ['print']));
    await before.query(resource('r3', 'notes', ['view']));
    await before.destroy();
    const open = await place.open();
    const rows = await open.dataSource.query<object[]>(
      'SELECT scope, resource_server_id FROM registered_scope ORDER BY scope, resource_server_id',
    );
    await open.close();
    expect(rows).toEqual([
      { scope: 'print', resource_server_id: 'photos' },
      { scope: 'view', resource_server_id: 'notes' },
      { scope: 'view', resource_server_id: 'photos' },
    ]);
  });
});
