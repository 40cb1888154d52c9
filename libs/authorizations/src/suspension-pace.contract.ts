import { randomUUID } from 'node:crypto';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import { AuthorizationStore, Suspension, SuspensionStore } from '@valetkey/authorizations';
import type { OpenDatabase } from '@valetkey/persistence';
import { WatchedDatabase, write } from '@valetkey/testing';
import { anOwner, childOf, root } from './persistence/records.fixture.js';

/** So many rest already, in more batches than one look goes through. */
const RESTING = 8_000;
/** No statement of a batch is worth a turn of its own, but no more than a batch's go without one. */
const STATEMENTS_OF_A_BATCH = 8;
const ON = new AbortController().signal;

/** How the server goes on living while very many records rest. */
export function suspensionPaceContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const sql = (text: string) => open().dataSource.query<unknown>(text);
  const setUp = () => {
    const watched = new WatchedDatabase(database());
    return { watched, suspension: new Suspension(new SuspensionStore(watched)) };
  };
  const stateOf = async ({ id }: AuthorizationRecord) => (await new AuthorizationStore(database()).find(id))?.state;
  const insert = async (...records: AuthorizationRecord[]) => {
    for (const record of records)
      await write(database(), (writes) => new AuthorizationStore(database()).insert(writes, record));
  };
  const account = async (): Promise<string> => {
    const id = randomUUID();
    await sql(`INSERT INTO account (id, username, name, enabled, managed_by, created_at)
      VALUES ('${id}', '${id}', 'A', TRUE, 'operator', 1)`);
    return id;
  };
  const setAccount = (id: string, enabled: boolean) =>
    sql(`UPDATE account SET enabled = ${enabled ? 'TRUE' : 'FALSE'} WHERE id = '${id}'`);
  /** Those of the middle of all ids have batches before and behind them. */
  const ofOwner = (id: string, recordId = `g_m${randomUUID()}`) => root({ id: recordId, owner: `account:${id}` });
  const rest = (record: AuthorizationRecord) =>
    sql(`UPDATE authorization_record SET state = 'suspended' WHERE id = '${record.id}'`);

  beforeAll(async () => {
    await sql(`INSERT INTO account (id, username, name, enabled, managed_by, created_at)
      VALUES ('gone', 'gone', 'G', FALSE, 'operator', 1)`);
    await sql(`INSERT INTO authorization_record (id, origin, owner, client_id, scopes, root_id, depth, state, created_at, seen_at)
      WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${RESTING - 1})
      SELECT 'g_' || CASE WHEN i % 2 = 0 THEN 'a' ELSE 'z' END || i, 'owner', 'account:gone', 'shop', '[]', 'g_' || i, 0,
        'suspended', 1, 1 FROM n`);
  });

  /** @returns the most statements that ran between two turns of somebody else, and how many ran in all */
  const watch = async (watched: WatchedDatabase, work: () => Promise<void>) => {
    let [seen, most, over] = [watched.reads.length, 0, false];
    const turn = () => {
      most = Math.max(most, watched.reads.length - seen);
      seen = watched.reads.length;
      if (!over) setImmediate(turn);
    };
    setImmediate(turn);
    const before = watched.reads.length;
    await work();
    over = true;
    turn();
    return { most, all: watched.reads.length - before };
  };

  it('following gives others their turn after each batch, a look does too', async () => {
    const { watched, suspension } = setUp();
    for (const work of [() => suspension.follow(), () => suspension.look(ON), () => suspension.look(ON)]) {
      const { most, all } = await watch(watched, work);
      expect(most).toBeLessThanOrEqual(STATEMENTS_OF_A_BATCH);
      expect(all).toBeGreaterThan(STATEMENTS_OF_A_BATCH);
    }
  });

  it('a look where nobody was disabled or enabled goes through a part, the next ones through the rest', async () => {
    const { watched, suspension } = setUp();
    await suspension.follow();
    const resumed = ofOwner(await account(), 'g_zz');
    await insert(resumed);
    await rest(resumed);
    const looks: number[] = [];
    while ((await stateOf(resumed)) === 'suspended' && looks.length < 9) {
      looks.push((await watch(watched, () => suspension.look(ON))).all);
    }
    expect(await stateOf(resumed)).toBe('active');
    // The round begins anywhere; all are 32 batches, of which a look goes through 20 with three statements each.
    expect(looks.length).toBeLessThanOrEqual(3);
    expect(Math.max(...looks.slice(0, -1), 0)).toBeLessThanOrEqual(3 * 20 + 10);
  });

  it('a look finds what became active below a resting record, and rests all below it', async () => {
    const { suspension } = setUp();
    await suspension.follow();
    const id = await account();
    const top = root({ id: 'g_m-top', owner: 'account:gone' });
    const [child, grandchild] = [childOf(top, { owner: anOwner() }), childOf(top, { owner: `account:${id}` })];
    await insert(top, child, { ...grandchild, parentId: child.id, depth: 2 });
    await rest(top);
    for (let look = 0; look < 3; look += 1) await suspension.look(ON);
    expect(await Promise.all([top, child, grandchild].map(stateOf))).toEqual(Array(3).fill('suspended'));
  });

  it('one look is enough where somebody was disabled or enabled, or an identity changed hands, by another process', async () => {
    const { suspension } = setUp();
    const [id, partner] = [await account(), `https://${randomUUID()}.example`];
    const own = ofOwner(id);
    const linked = root({ origin: 'uma', owner: anOwner(), party: { issuer: partner, subject: 's' }, partyKey: id });
    await insert(own, linked);
    await suspension.follow();
    const states = async () => {
      await suspension.look(ON);
      return Promise.all([own, linked].map(stateOf));
    };
    await setAccount(id, false);
    expect(await states()).toEqual(['suspended', 'active']);
    await sql(`INSERT INTO account_identity (issuer, subject, account_id) VALUES ('${partner}', 's', '${id}')`);
    expect(await states()).toEqual(['suspended', 'suspended']);
    await sql(`DELETE FROM account_identity WHERE issuer = '${partner}'`);
    expect(await states()).toEqual(['suspended', 'active']);
    await setAccount(id, true);
    expect(await states()).toEqual(['active', 'active']);
  });

  it('one look is enough for an issuer, too, that vouched besides for more records than one batch', async () => {
    const { suspension } = setUp();
    const issuer = `https://${randomUUID()}.example`;
    await sql(`INSERT INTO trusted_issuer (issuer, name, jwks, audiences, algorithms, max_age, enabled)
      VALUES ('${issuer}', 'P', '{}', '[]', '[]', 1, TRUE)`);
    const records = Array.from({ length: 600 }, () => root({ owner: anOwner() }));
    await write(database(), (writes) => {
      for (const record of records) {
        new AuthorizationStore(database()).insert(writes, record);
        new AuthorizationStore(database()).restOn(writes, record, [{ issuer, subject: 's' }]);
      }
    });
    await suspension.follow();
    for (const [enabled, state] of [
      ['FALSE', 'suspended'],
      ['TRUE', 'active'],
    ]) {
      await sql(`UPDATE trusted_issuer SET enabled = ${enabled} WHERE issuer = '${issuer}'`);
      await suspension.look(ON);
      expect(new Set(await Promise.all(records.map(stateOf)))).toEqual(new Set([state]));
    }
  });

  it('stops with the batch at hand when the process is about to end, and the next look goes to the end', async () => {
    const { watched, suspension } = setUp();
    const id = await account();
    const record = ofOwner(id, 'g_zzz');
    await insert(record);
    await setAccount(id, false);
    await suspension.follow();
    await setAccount(id, true);
    const stopping = new AbortController();
    const begun = watched.reads.length;
    const stop = () => void (watched.reads.length > begun + 10 ? stopping.abort() : setImmediate(stop));
    setImmediate(stop);
    await suspension.look(stopping.signal);
    expect(watched.reads.length - begun).toBeLessThanOrEqual(10 + 2 * STATEMENTS_OF_A_BATCH);
    expect(await stateOf(record)).toBe('suspended');
    await suspension.look(ON);
    expect(await stateOf(record)).toBe('active');
  });

  it('a process that could not reach the end follows again with its next look', async () => {
    const { watched, suspension } = setUp();
    // Behind all that the next look of the slow round would come to.
    const record = ofOwner(await account(), 'g_zzzy');
    await insert(record);
    await suspension.follow();
    await rest(record);
    watched.failure = new Error('gone for a moment');
    await expect(suspension.follow()).rejects.toThrow('gone for a moment');
    await suspension.look(ON);
    expect(await stateOf(record)).toBe('active');
  });
}
