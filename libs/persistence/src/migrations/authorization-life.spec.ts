import { describeEngines, createPlace } from '@valetkey/testing';
import type { DatabasePlace } from '@valetkey/testing';
import { AuthorizationLife1764230000000 } from './1764230000000-authorization-life.js';
import { formerDatabase } from './former-database.fixture.js';

const PARTY = { issuer: 'https://partner.example', subject: 'carol-1', name: 'Carol "C" O’Cook', accountId: 'carol' };

const literal = (value: string | null) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`);

interface Former {
  readonly id: string;
  readonly state?: string;
  readonly key?: string;
  readonly createdAt?: number;
  readonly party?: object;
}

const insertion = ({ id, state = 'active', key, createdAt = 1, party }: Former) =>
  `INSERT INTO authorization_record (id, origin, owner, client_id, party, party_key, scopes, root_id, depth, state,
     created_at, seen_at)
   VALUES ('${id}', 'uma', 'account:alice', 'shop', ${literal(party ? JSON.stringify(party) : null)},
     ${literal(key ?? null)}, '[]', '${id}', 0, '${state}', ${createdAt}, 1)`;

/** Makes a former database with these records, opens it with this program, and reads it. */
async function migrated<R>(place: DatabasePlace, records: readonly Former[], sql: string): Promise<R[]> {
  const former = await formerDatabase(place, AuthorizationLife1764230000000);
  for (const record of records) {
    await former.query(insertion(record));
    await former.query(`INSERT INTO authorization_permission (authorization_id, resource_id, scopes, policy_ids)
      VALUES ('${record.id}', 'r', '[]', '[]')`);
  }
  await former.destroy();
  const open = await place.open();
  const rows = (await open.dataSource.query(sql)) as R[];
  await open.close();
  return rows;
}

describeEngines('the migration of authorization records', (engine) => {
  let place: DatabasePlace;
  beforeEach(async () => (place = await createPlace(engine)));
  afterEach(() => place.remove());

  it('takes the party into columns, and leaves those empty where there is none or its text cannot be read', async () => {
    const { name, accountId, ...partner } = PARTY;
    const records = [
      { id: 'a', party: PARTY },
      { id: 'b', party: { ...partner, name } },
      { id: 'c' },
      { id: 'd', party: { ...partner, name: 'half \ud83d and nothing \u0000' } },
    ];
    const sql = 'SELECT id, party_account, party_issuer, party_subject FROM authorization_record ORDER BY id';
    const rows = await migrated<Record<string, unknown>>(place, records, sql);
    const known = { party_issuer: partner.issuer, party_subject: partner.subject };
    const unknown = { party_account: null, party_issuer: null, party_subject: null };
    expect(rows.slice(0, 3)).toEqual([
      { id: 'a', party_account: accountId, ...known },
      { id: 'b', party_account: null, ...known },
      { id: 'c', ...unknown },
    ]);
    // PostgreSQL cannot hold what these escapes stand for.
    expect(rows[3]).toEqual({ id: 'd', ...(engine === 'postgres' ? unknown : { party_account: null, ...known }) });
  });

  it('leaves one record a party that is not over, the living or the youngest, and no permission of the others', async () => {
    const records = [
      { id: 'old', key: 'k1', state: 'suspended', createdAt: 1 },
      { id: 'living', key: 'k1', state: 'active', createdAt: 2 },
      { id: 'older', key: 'k2', state: 'suspended', createdAt: 1 },
      { id: 'young1', key: 'k2', state: 'suspended', createdAt: 2 },
      { id: 'young2', key: 'k2', state: 'suspended', createdAt: 2 },
      { id: 'over', key: 'k2', state: 'revoked', createdAt: 9 },
      { id: 'alone', key: 'k3', state: 'suspended' },
      { id: 'keyless1', state: 'suspended' },
      { id: 'keyless2', state: 'suspended' },
    ];
    const sql = `SELECT r.id, r.state, count(p.resource_id) AS permissions FROM authorization_record r
      LEFT JOIN authorization_permission p ON p.authorization_id = r.id GROUP BY r.id, r.state`;
    const rows = await migrated<{ id: string; state: string; permissions: number }>(place, records, sql);
    const states = Object.fromEntries(rows.map(({ id, state, permissions }) => [id, `${state} ${permissions}`]));
    expect(states).toEqual({
      old: 'revoked 0',
      living: 'active 1',
      older: 'revoked 0',
      young1: 'revoked 0',
      young2: 'suspended 1',
      over: 'revoked 0',
      alone: 'suspended 1',
      keyless1: 'suspended 1',
      keyless2: 'suspended 1',
    });
  });
});
