import { createPlace, describeEngines } from '@valetkey/testing';
import type { DatabasePlace } from '@valetkey/testing';
import { EndedIdentities1764510010000 } from './1764510010000-ended-identities.js';
import { formerDatabase } from './former-database.fixture.js';

const PARTNER = 'https://partner.example';
const UNIVERSITY = 'https://university.example';

interface Former {
  readonly id: string;
  readonly endedBy?: string;
  readonly resourceServer?: string | null;
  readonly account?: string;
}

const literal = (value: string | null | undefined) => (value ? `'${value}'` : 'NULL');

const insertion = ({ id, endedBy, resourceServer = 'photos', account }: Former) =>
  `INSERT INTO authorization_record (id, origin, owner, client_id, resource_server_id, party_account, party_issuer,
     party_subject, scopes, root_id, depth, state, created_at, seen_at, ended_at, ended_by)
   VALUES ('${id}', 'uma', 'account:alice', 'shop', ${literal(resourceServer)}, ${literal(account)}, '${PARTNER}',
     'carol-1', '[]', '${id}', 0, '${endedBy ? 'revoked' : 'active'}', 1, 1, ${endedBy ? '2' : 'NULL'}, ${literal(endedBy)})`;

describeEngines('the migration of ended identities', (engine) => {
  let place: DatabasePlace;
  beforeEach(async () => (place = await createPlace(engine)));
  afterEach(() => place.remove());

  /** Makes the former rows, opens the database with this program, and reads it. */
  const migrated = async (former: readonly string[], sql: string): Promise<unknown[]> => {
    const before = await formerDatabase(place, EndedIdentities1764510010000);
    for (const statement of former) await before.query(statement);
    await before.destroy();
    const open = await place.open();
    const rows = await open.dataSource.query<unknown[]>(sql);
    await open.close();
    return rows;
  };
  const linked = `INSERT INTO account_identity (issuer, subject, account_id)
    VALUES ('${UNIVERSITY}', 's-17', 'carol'), ('${UNIVERSITY}', 's-18', 'dave')`;

  it('keeps of what owners ended who held it, and what is linked to her account now', async () => {
    const records = [
      { id: 'hers', endedBy: 'owner', account: 'carol' },
      { id: 'unlinked', endedBy: 'owner' },
      { id: 'living' },
      { id: 'by-server', endedBy: 'server', account: 'carol' },
      { id: 'consent', endedBy: 'owner', resourceServer: null },
    ];
    const sql = 'SELECT * FROM ended_identity ORDER BY authorization_id, issuer';
    expect(await migrated([linked, ...records.map(insertion)], sql)).toEqual([
      { authorization_id: 'hers', issuer: PARTNER, subject: 'carol-1' },
      { authorization_id: 'hers', issuer: UNIVERSITY, subject: 's-17' },
      { authorization_id: 'unlinked', issuer: PARTNER, subject: 'carol-1' },
    ]);
  });

  it('keeps whose word records rest on, with the name that her account says where it says one', async () => {
    const vouchers = ['hers', 'unlinked'].map(
      (id) => `INSERT INTO authorization_voucher (authorization_id, issuer) VALUES ('${id}', '${UNIVERSITY}')`,
    );
    const records = [{ id: 'hers', account: 'carol' }, { id: 'unlinked' }].map(insertion);
    const sql = 'SELECT * FROM authorization_voucher ORDER BY authorization_id';
    expect(await migrated([linked, ...records, ...vouchers], sql)).toEqual([
      { authorization_id: 'hers', issuer: UNIVERSITY, subject: 's-17' },
      { authorization_id: 'unlinked', issuer: UNIVERSITY, subject: '' },
    ]);
  });
});
