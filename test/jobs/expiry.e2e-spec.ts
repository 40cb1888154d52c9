import { setTimeout as wait } from 'node:timers/promises';

import { clientOf } from '../support/client.js';
import { query, rowCounts, tablesOf } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import type { Server } from '../support/server.js';
import { ownerApi, protectionApi, requestingParty } from '../support/uma.js';
import { DAVE } from '../support/world.js';

/** The job keeps rows for a minute after their end; tests do not wait for it but make the rows older. */
const OLDER_BY = 3_600_000;
const ROUNDS = 2;
const WORK = 25;
const EXPIRING = ['token', 'refresh_token', 'token_family', 'replay_mark', 'permission_ticket', 'access_request'];

const options = {
  config: {
    tokens: { refresh_token_lifetime: '30m', pct_lifetime: '30m' },
    jobs: { expire_every: '200ms', expire_batch: 10 },
  },
  connections: [
    { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
    { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
  ],
};

describeServer('the job that removes what has expired', options, (server) => {
  const pat = () => protectionApi(server(), server().connections[0]?.access_token ?? '');
  const owner = () => ownerApi(server(), server().connections[1]?.access_token ?? '');

  it('keeps storage flat under constant load, and never removes what lives', async () => {
    const shared = await pat().register({ resource_scopes: ['view'] });
    const policy = await owner().share({ resource_id: shared, subject: { type: 'anyone' }, scopes: ['view'] });
    const permission = { resource_id: shared, resource_scopes: ['view'] };
    const dave = requestingParty(server(), DAVE, 'print-shop');

    const counts: Record<string, number>[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (let part = 0; part < WORK; part += 5)
        await Promise.all(Array.from({ length: 5 }, () => work(server(), shared)));
      await wait(300);
      await server().stop();
      counts.push(await rowCounts(server()));
      await makeOlder(server());
      await server().restart();
      // Batches of ten: the job needs a few steps, and no request waits for it.
      await wait(1_200);
    }
    const left = await aged(server());
    expect(left).toEqual({});

    const [first = {}, ...later] = counts;
    for (const table of EXPIRING) {
      expect([table, (first[table] ?? 0) > 0]).toEqual([table, true]);
      for (const count of later) expect(count[table]).toBeLessThanOrEqual((first[table] ?? 0) + 5);
    }
    // One record for one person and client, however often she comes; resources, policies and keys stay.
    expect(later.at(-1)?.authorization_record).toBe(first.authorization_record);
    expect((await owner().get(`policies/${policy}`)).status).toBe(200);
    expect((await pat().read(shared)).status).toBe(200);
    const rpt = await dave.rpt(await pat().ticket(permission));
    expect((await pat().introspect(rpt)).json().active).toBe(true);
    await wait(600);
    expect((await pat().introspect(rpt)).json().active).toBe(true);
  }, 60_000);
});

/** A little of everything that expires. */
async function work(server: Server, resource: string): Promise<void> {
  const pat = protectionApi(server, server.connections[0]?.access_token ?? '');
  const permission = { resource_id: resource, resource_scopes: ['view'] };
  const shop = clientOf(server, 'print-shop');
  const dave = requestingParty(server, DAVE, 'print-shop');
  await shop.clientCredentials({ scope: 'photos.read' });
  const given = (await dave.present(await pat.ticket(permission))).json<{ refresh_token: string }>();
  await shop.refresh(given.refresh_token);
  await pat.ticket(permission);
  const secret = await pat.register({ resource_scopes: ['view'] });
  await dave.present(await pat.ticket({ resource_id: secret, resource_scopes: ['view'] }));
  await pat.remove(secret);
}

/** Tables of which a row could expire, with the columns that say when; the owner's own tokens stay young. */
async function makeOlder(server: Server): Promise<void> {
  const living = `client_id <> 'photo-service' AND client_id <> 'owner-app'`;
  const conditions: Record<string, string> = {
    token: living,
    refresh_token: living,
    token_family: "authorization_id IN (SELECT id FROM authorization_record WHERE client_id = 'print-shop')",
  };
  for (const table of [...EXPIRING, 'persisted_claims_token'])
    await query(
      server,
      `UPDATE ${table} SET expires_at = expires_at - ${OLDER_BY} * 100 WHERE ${conditions[table] ?? '1 = 1'}`,
    );
}

/** Rows that ended long ago and are still there, by table; empty when all have left. */
async function aged(server: Server): Promise<Record<string, number>> {
  await server.stop();
  const left: Record<string, number> = {};
  for (const table of await tablesOf(server)) {
    if (![...EXPIRING, 'persisted_claims_token'].includes(table)) continue;
    const before = Date.now() - OLDER_BY;
    const [row] = await query(server, `SELECT count(*) AS rows FROM ${table} WHERE expires_at < ${before}`);
    if (Number(row?.rows) > 0) left[table] = Number(row?.rows);
  }
  await server.restart();
  return left;
}
