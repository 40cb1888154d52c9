import { createPlace, describeEngines } from '@valetkey/testing';
import { ClientLikeness1764800000010 } from './1764800000010-client-likeness.js';
import { LookAlikes1764900000060 } from './1764900000060-look-alikes.js';
import { formerDatabase } from './former-database.fixture.js';

const CLIENT = `INSERT INTO client (id, name, type, authentication_method, grant_types, scopes, audiences, access_token_format,
  enabled, managed_by, created_at, updated_at) VALUES`;
const REST = `'public', 'none', '[]', '[]', '[]', 'opaque', TRUE`;

describeEngines('the migrations of what names are taken for', (engine) => {
  const likenesses = async (fill: (place: Awaited<ReturnType<typeof createPlace>>) => Promise<void>) => {
    const place = await createPlace(engine);
    try {
      await fill(place);
      const open = await place.open();
      const rows = await open.dataSource.query<{ likeness: string }[]>('SELECT likeness FROM client ORDER BY id');
      await open.close();
      return rows.map(({ likeness }) => likeness);
    } finally {
      await place.remove();
    }
  };

  it('attack class 212: clients from before are known by what their names are taken for', async () => {
    const found = await likenesses(async (place) => {
      const former = await formerDatabase(place, ClientLikeness1764800000010);
      await former.query(`${CLIENT} ('c_1', 'Große Bank', ${REST}, 'configuration', 1, 1),
        ('c_2', '☂', ${REST}, 'registration', 1, 1)`);
      await former.destroy();
    });
    expect(found).toEqual(['grossebank', '']);
  });

  it('attack class 212: names in letters of other scripts are known by the Latin ones that they look like', async () => {
    const found = await likenesses(async (place) => {
      const former = await formerDatabase(place, LookAlikes1764900000060);
      await former.query(`${CLIENT} ('c_1', 'Сберbank', ${REST}, 'operator', 1, 1)`);
      await former.query(`UPDATE client SET likeness = 'as before'`);
      await former.destroy();
    });
    expect(found).toEqual(['cбepbank']);
  });
});
