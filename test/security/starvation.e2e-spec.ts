import pg from 'pg';
import { setTimeout as wait } from 'node:timers/promises';

import { clientOf } from '../support/client.js';
import { databaseUrl } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import type { Answer } from '../support/http.js';
import { type Server, startServer } from '../support/server.js';
import { seconds, signedShop } from '../support/signed-shop.js';
import { requestingParty } from '../support/uma.js';
import { CAROL } from '../support/world.js';
import { aliceOf, ALICES_CONNECTIONS, ANYONE, outcome } from '../uma-grant/photo-sharing.js';

const CONTENDERS = 50;
/** Lock time-out of the server, a wait for a connection, and what a busy machine takes. */
const BOUND = 12_000;

describe('268 one locked row and a pool that waits for it (postgres)', () => {
  let server: Server;
  let holder: pg.Client;
  beforeAll(async () => {
    server = await startServer({ engine: 'postgres', connections: ALICES_CONNECTIONS });
    holder = new pg.Client({ connectionString: await databaseUrl(server) });
    await holder.connect();
  });
  afterAll(async () => {
    await holder?.end();
    await server?.dispose();
  });

  it('answers 503 with Retry-After in time, grants nothing twice, and goes on when the lock is gone', async () => {
    const alice = aliceOf(server);
    const album = await alice.album();
    await album.share(ANYONE, ['view']);
    const { partner } = server.world;
    const tickets = await Promise.all(Array.from({ length: CONTENDERS }, () => album.ticket('view')));
    const present = async (ticket: string): Promise<Answer> => {
      const idToken = await partner.idToken({ subject: CAROL, audience: server.issuer });
      const { clientId, secret = '' } = server.world.clients['other-shop'];
      const form = {
        grant_type: 'urn:ietf:params:oauth:grant-type:uma-ticket',
        client_id: clientId,
        client_secret: secret,
        ticket,
        claim_token: idToken,
        claim_token_format: 'http://openid.net/specs/openid-connect-core-1_0.html#IDToken',
      };
      return server.http.form('/token', form, { expectServerError: true });
    };
    await holder.query('BEGIN');
    await holder.query('SELECT 1 FROM resource WHERE id = $1 FOR UPDATE', [album.id]);
    const began = Date.now();
    const waiting = Promise.all(tickets.map(present));
    await wait(300);
    expect((await server.http.get('/health/live')).status).toBe(200);
    const answers = await waiting;
    expect(Date.now() - began).toBeLessThan(BOUND);
    expect(new Set(answers.map(outcome))).toEqual(new Set(['503 temporarily_unavailable']));
    for (const { headers } of answers) expect(headers['retry-after']).toMatch(/^\d+$/);
    await holder.query('COMMIT');

    // What was refused for want of a lock was not used up.
    const again = await Promise.all(tickets.map(present));
    expect(again.map(outcome)).toEqual(tickets.map(() => '200'));
    expect((await clientOf(server, 'print-shop').clientCredentials({ scope: 'photos.read' })).status).toBe(200);
  });
});

/** What the server has used of the processor since it began. */
async function processorSeconds({ http }: Server): Promise<number> {
  const { text } = await http.get('/metrics');
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1]);
}

describeServer('262 work with public keys', {}, (server) => {
  it('300 assertions with bad signatures keep nobody else waiting', async () => {
    const shop = signedShop(server());
    const bad = await Promise.all(
      Array.from({ length: 300 }, async () => `${(await shop.signed()).slice(0, -8)}AAAAAAAA`),
    );
    const before = await processorSeconds(server());
    const flood = Promise.all(bad.map((assertion) => shop.present(assertion)));
    for (let round = 0; round < 10; round += 1) expect((await server().http.get('/health/live')).status).toBe(200);
    expect(new Set((await flood).map(({ status }) => status))).toEqual(new Set([401]));
    // How long others wait for, whatever else this machine does: a verification that costs tens of milliseconds would show.
    expect((await processorSeconds(server())) - before).toBeLessThan(5);
    expect((await shop.present(await shop.signed({ exp: seconds(50) }))).status).toBe(200);
  });
});

describeServer('146 a party that asks in a loop', { connections: ALICES_CONNECTIONS }, (server) => {
  it('twenty equal requests at the same time are one for the owner', async () => {
    const alice = aliceOf(server());
    const album = await alice.album();
    const tickets = await Promise.all(Array.from({ length: 20 }, () => album.ticket('view')));
    const carol = requestingParty(server(), CAROL, 'print-shop');
    const answers = await Promise.all(tickets.map((ticket) => carol.present(ticket)));
    expect(new Set(answers.map(outcome))).toEqual(new Set(['403 request_submitted']));
    const { items } = (await alice.owner.get('requests?state=pending&limit=200')).json<{ items: unknown[] }>();
    expect(items).toHaveLength(1);
  });

  it('152 of twenty replacements of one policy at once one wins, whole; the others are told 412', async () => {
    const alice = aliceOf(server());
    const album = await alice.album();
    const id = await album.share(ANYONE, ['view']);
    const { bearer, path } = { bearer: server().connections[1]?.access_token ?? '', path: `/me/policies/${id}` };
    const etag = (await server().http.get(path, { bearer })).headers.etag ?? '';
    const bodies = Array.from({ length: 20 }, (_, index) => ({
      resource_id: album.id,
      subject: { type: 'claim', issuer: server().world.partner.issuer, claim: `c${index}`, value: `v${index}` },
      scopes: ['print'],
    }));
    const answers = await Promise.all(
      bodies.map((body) => server().http.json('PUT', path, body, { bearer, headers: { 'if-match': etag } })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 412)).toHaveLength(19);
    const winner = bodies[answers.findIndex(({ status }) => status === 200)];
    expect((await server().http.get(path, { bearer })).json()).toMatchObject({ ...winner });
  });
});
