import { randomUUID } from 'node:crypto';

import { clientOf } from '../support/client.js';
import { query, rowCounts } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { eventually, jobsDone } from '../support/eventually.js';
import type { Server } from '../support/server.js';
import { ownerApi, protectionApi, requestingParty } from '../support/uma.js';
import { DAVE } from '../support/world.js';

/** The job keeps rows for a minute after their end; tests do not wait for it but make the rows older. */
const OLDER_BY = 3_600_000;
const ROUNDS = 3;
const WORK = 25;
const EXPIRING = ['token', 'refresh_token', 'token_family', 'replay_mark', 'permission_ticket', 'access_request'];
/** What ends first, is kept for a while, and leaves then: flat from the second round on. */
const ENDING = ['authorization_record', 'authorization_permission', 'policy'];

const options = {
  config: {
    tokens: { refresh_token_lifetime: '30m', pct_lifetime: '30m' },
    jobs: { expire_every: '300ms', expire_batch: 25, keep_ended: '1h' },
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
      for (let part = 0; part < WORK; part += 5) {
        await Promise.all(Array.from({ length: 5 }, () => work(server(), shared)));
        await shareAndEnd(server());
      }
      await server().stop();
      counts.push(await rowCounts(server()));
      await makeOlder(server());
      await server().restart();
      // Small batches: the job needs a few steps, and no request waits for it.
      const none = (left: object) => Object.keys(left).length === 0;
      expect(await eventually(() => aged(server()), none)).toEqual({});
    }

    const [first = {}, second = {}, third = {}] = counts;
    for (const table of EXPIRING) expectFlat(table, first, second, third);
    for (const table of ENDING) expectFlat(table, second, third);
    // One record for one person and client, however often she comes; resources, policies and keys stay.
    const living = (await owner().authorizations()).json<{ items: { requesting_party?: { subject: string } }[] }>();
    expect(living.items.filter(({ requesting_party: party }) => party?.subject === DAVE)).toHaveLength(1);
    expect((await owner().get(`policies/${policy}`)).status).toBe(200);
    expect((await pat().read(shared)).status).toBe(200);
    const rpt = await dave.rpt(await pat().ticket(permission));
    expect((await pat().introspect(rpt)).json().active).toBe(true);
    await jobsDone(server());
    expect((await pat().introspect(rpt)).json().active).toBe(true);
  });
});

/** The table has rows, and not more of them later on. */
function expectFlat(table: string, first: Record<string, number>, ...later: Record<string, number>[]): void {
  const rows = first[table] ?? 0;
  expect([table, rows > 0]).toEqual([table, true]);
  const grown = later.map((counts) => counts[table] ?? 0).filter((count) => count > rows + 5);
  expect([table, rows, grown]).toEqual([table, rows, []]);
}

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
  await shareForAWhile(server);
}

/** Somebody else each time gets something that ends by itself: one record a person. */
async function shareForAWhile(server: Server): Promise<void> {
  const pat = protectionApi(server, server.connections[0]?.access_token ?? '');
  const owner = ownerApi(server, server.connections[1]?.access_token ?? '');
  const album = await pat.register({ resource_scopes: ['view'] });
  const expires = new Date(Date.now() + OLDER_BY).toISOString();
  await owner.share({ resource_id: album, subject: { type: 'anyone' }, scopes: ['view'], expires_at: expires });
  const somebody = requestingParty(server, randomUUID(), 'print-shop');
  await somebody.rpt(await pat.ticket({ resource_id: album, resource_scopes: ['view'] }));
}

/** The same person at another shop gets something, and the owner ends it. */
async function shareAndEnd(server: Server): Promise<void> {
  const pat = protectionApi(server, server.connections[0]?.access_token ?? '');
  const owner = ownerApi(server, server.connections[1]?.access_token ?? '');
  const album = await pat.register({ resource_scopes: ['view'] });
  await owner.share({ resource_id: album, subject: { type: 'anyone' }, scopes: ['view'] });
  const ticket = await pat.ticket({ resource_id: album, resource_scopes: ['view'] });
  const answer = await requestingParty(server, DAVE, 'other-shop').present(ticket);
  const { access_token: rpt } = answer.json<{ access_token: string }>();
  const { grant_id: grantId = '' } = (await pat.introspect(rpt)).json<{ grant_id?: string }>();
  expect((await owner.endAuthorization(grantId)).status).toBe(204);
  await pat.remove(album);
}

/** Tables of which a row could expire, with the columns that say when; the owner's own tokens stay young. */
async function makeOlder(server: Server): Promise<void> {
  const owners = `client_id IN ('photo-service', 'owner-app')`;
  const conditions: Record<string, string> = {
    token: `NOT (${owners})`,
    refresh_token: `NOT (${owners})`,
    token_family: `authorization_id NOT IN (SELECT id FROM authorization_record WHERE ${owners})`,
  };
  for (const table of [...EXPIRING, 'persisted_claims_token'])
    await query(
      server,
      `UPDATE ${table} SET expires_at = expires_at - ${OLDER_BY} * 100 WHERE ${conditions[table] ?? '1 = 1'}`,
    );
  for (const table of ['authorization_permission', 'policy'])
    await query(server, `UPDATE ${table} SET expires_at = expires_at - ${OLDER_BY} * 100 WHERE expires_at IS NOT NULL`);
  const ended = `ended_at = ended_at - ${OLDER_BY} * 100`;
  await query(server, `UPDATE authorization_record SET ${ended} WHERE ended_at IS NOT NULL`);
}

/** Rows that ended long ago and are still there, by table; empty when all have left. */
async function aged(server: Server): Promise<Record<string, number>> {
  const left: Record<string, number> = {};
  const before = Date.now() - OLDER_BY;
  for (const table of [...EXPIRING, ...ENDING, 'persisted_claims_token']) {
    const column = table === 'authorization_record' ? 'ended_at' : 'expires_at';
    const [row] = await query(server, `SELECT count(*) AS rows FROM ${table} WHERE ${column} < ${before}`);
    if (Number(row?.rows) > 0) left[table] = Number(row?.rows);
  }
  return left;
}
