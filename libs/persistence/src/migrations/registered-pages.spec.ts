import { createPlace, describeEngines } from '@valetkey/testing';
import type { DatabasePlace } from '@valetkey/testing';
import { RegisteredPages1764530000082 } from './1764530000082-registered-pages.js';
import { formerDatabase } from './former-database.fixture.js';

const TERMS = 'https://app.example/terms';
const PRIVACY = 'https://app.example/privacy';

describeEngines('the migration of registered pages', (engine) => {
  let place: DatabasePlace;
  beforeEach(async () => (place = await createPlace(engine)));
  afterEach(() => place.remove());

  it('shows terms and privacy pages of clients that registered them before; what is known already stays', async () => {
    const before = await formerDatabase(place, RegisteredPages1764530000082);
    const client = (id: string, metadata: object, registered: object) => [
      `INSERT INTO client (id, name, type, authentication_method, grant_types, scopes, audiences, access_token_format, enabled,
         managed_by, created_at, updated_at, metadata)
       VALUES ('${id}', '${id}', 'public', 'none', '[]', '[]', '[]', 'opaque', TRUE, 'registration', 1, 1, '${JSON.stringify(metadata)}')`,
      `INSERT INTO client_registration (client_id, token_hash, metadata, registered_at, updated_at)
       VALUES ('${id}', '${id}', '${JSON.stringify(registered)}', 1, 1)`,
    ];
    const former = [
      ...client('both', { vouchedBy: 'nobody' }, { tos_uri: TERMS, policy_uri: PRIVACY }),
      ...client('changed', { termsUri: null, privacyUri: PRIVACY }, { tos_uri: TERMS }),
      ...client('none', { vouchedBy: 'nobody' }, {}),
    ];
    for (const statement of former) await before.query(statement);
    await before.destroy();
    const open = await place.open();
    const rows = await open.dataSource.query<{ id: string; metadata: string }[]>(
      'SELECT id, metadata FROM client ORDER BY id',
    );
    await open.close();
    expect(rows.map(({ id, metadata }): unknown[] => [id, JSON.parse(metadata)])).toEqual([
      ['both', { vouchedBy: 'nobody', termsUri: TERMS, privacyUri: PRIVACY }],
      ['changed', { termsUri: null, privacyUri: PRIVACY }],
      ['none', { vouchedBy: 'nobody' }],
    ]);
  });
});
