import { randomUUID } from 'node:crypto';
import { changeStored, query } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { jobsDone } from '../support/eventually.js';
import type { Answer } from '../support/http.js';
import { type SecondServer, startSecond } from '../support/second-server.js';
import { type Server, startServer } from '../support/server.js';
import { outcome, OWNERS_CONNECTIONS, ownersOf, type Person } from './owners.js';

const OFTEN = { jobs: { expire_every: '200ms' } };

const policyOn = (resource: string) => ({
  resource_id: resource,
  subject: { type: 'account', account_id: 'bob' },
  scopes: ['view'],
});

function callsOf(server: () => Server, who: () => Person) {
  const send = (method: string, path: string, body: unknown, headers: Record<string, string>): Promise<Answer> =>
    body === undefined
      ? server().http.send({ method, path: `/me/${path}`, bearer: who().token, headers })
      : server().http.json(method, `/me/${path}`, body, { bearer: who().token, headers });
  const add = (key: string, resource: string) =>
    send('POST', 'policies', policyOn(resource), { 'idempotency-key': key });
  const policies = async (resource: string) =>
    (await who().owner.get(`policies?resource_id=${resource}`)).json<{ items: unknown[] }>().items.length;
  return { send, add, policies };
}

describeServer('Idempotency-Key', { connections: OWNERS_CONNECTIONS }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const bob = () => ownersOf(server()).bob;
  const { send, add, policies } = callsOf(server, alice);

  it('a change that is sent again is made once, and answered as before, with its headers', async () => {
    const [album, key] = [await alice().album(), randomUUID()];
    const first = await add(key, album);
    const again = await add(key, album);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toBe(first.text);
    expect(again.headers['etag']).toBe(first.headers['etag']);
    expect(first.headers['etag']).toBeDefined();
    expect(await policies(album)).toBe(1);
    const { id } = first.json<{ id: string }>();
    const removal = { 'idempotency-key': randomUUID() };
    expect((await send('DELETE', `policies/${id}`, undefined, removal)).status).toBe(204);
    expect((await send('DELETE', `policies/${id}`, undefined, removal)).status).toBe(204);
    expect((await send('DELETE', `policies/${id}`, undefined, {})).status).toBe(404);
  });

  it('without a key, and with another one, it is another change', async () => {
    const album = await alice().album();
    await add(randomUUID(), album);
    await add(randomUUID(), album);
    await send('POST', 'policies', policyOn(album), {});
    expect(await policies(album)).toBe(3);
  });

  it('the same key with another body, address or version is refused with 422, and nothing is done', async () => {
    const [album, other, key] = [await alice().album(), await alice().album(), randomUUID()];
    await add(key, album);
    const headers = { 'idempotency-key': key };
    for (const refused of [
      await add(key, other),
      await send('PUT', `resources/${album}/star`, { starred: true }, headers),
      await send('POST', 'policies', policyOn(album), { ...headers, 'if-match': '"1"' }),
    ])
      expect(outcome(refused)).toBe('422 invalid_request');
    expect([await policies(album), await policies(other)]).toEqual([1, 0]);
  });

  it('keys are the owner’s own: another one’s same key is another change, and tells nothing', async () => {
    const [album, hers, key] = [await alice().album(), await bob().album(), randomUUID()];
    await add(key, album);
    const theirs = callsOf(server, bob);
    expect((await theirs.add(key, album)).status).toBe(404);
    const made = await theirs.add(key, hers);
    expect([made.status, made.json()['resource_id']]).toEqual([201, hers]);
  });

  it('a refusal is not kept: nothing was changed, and what is possible later is done', async () => {
    const [album, key] = [await alice().album(), randomUUID()];
    const malformed = { ...policyOn(album), scopes: ['nothing'] };
    const headers = { 'idempotency-key': key };
    expect(outcome(await send('POST', 'policies', malformed, headers))).toBe('400 invalid_scope');
    expect((await add(key, album)).status).toBe(201);
  });

  it('twenty at once are one change with one answer', async () => {
    const [album, key] = [await alice().album(), randomUUID()];
    const answers = await Promise.all(Array.from({ length: 20 }, () => add(key, album)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await policies(album)).toBe(1);
  });

  it.each([
    ['an empty one', ''],
    ['a long one', 'k'.repeat(256)],
    ['one with letters of others', 'schlüssel'],
  ])('refuses %s, and nothing is done', async (_, key) => {
    const album = await alice().album();
    expect(outcome(await add(key, album))).toBe('400 invalid_request');
    expect(await policies(album)).toBe(0);
  });

  it('reading takes no key; the key itself is never stored', async () => {
    const key = `read-${randomUUID()}`;
    await server().http.get('/me/policies', { bearer: alice().token, headers: { 'idempotency-key': key } });
    const album = await alice().album();
    expect((await add(key, album)).status).toBe(201);
    const rows = await query(server(), 'SELECT key_hash, expires_at, begun_at FROM kept_answer');
    expect(JSON.stringify(rows)).not.toContain(key);
    const lengths = rows.map((row) => Number(row['expires_at']) - Number(row['begun_at']));
    expect(new Set(lengths)).toEqual(new Set([86_400_000]));
  });
});

describe('Idempotency-Key at two servers on one database (postgres)', () => {
  let first: Server;
  let beside: SecondServer;
  beforeAll(async () => {
    first = await startServer({ engine: 'postgres', connections: OWNERS_CONNECTIONS, config: OFTEN });
    beside = await startSecond(first);
  }, 180_000);
  afterAll(async () => {
    await beside?.stop();
    await first?.dispose();
  });

  const alice = () => ownersOf(first).alice;
  const here = callsOf(() => first, alice);
  const there = callsOf(() => beside.server, alice);
  /** A change that was made, as it stands afterwards in the table. */
  const made = async (as: string) => {
    const [album, key] = [await alice().album(), randomUUID()];
    const answer = await here.add(key, album);
    const { id } = answer.json<{ id: string }>();
    const [kept] = await query(first, `SELECT answer FROM kept_answer WHERE answer LIKE '%${id}%'`);
    const restore = () =>
      changeStored(first, `UPDATE kept_answer SET answer = '${String(kept?.['answer'])}' WHERE answer IS NULL`);
    await changeStored(first, `UPDATE kept_answer SET ${as} WHERE answer LIKE '%${id}%'`);
    return { album, key, answer, restore };
  };

  it('of twenty at once over both one is made, and all have its answer', async () => {
    const [album, key] = [await alice().album(), randomUUID()];
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => (index % 2 ? there : here).add(key, album)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(await here.policies(album)).toBe(1);
  });

  it('while the other one is at it: 409 with retry-after in the end, then the answer', async () => {
    const { album, key, answer, restore } = await made(`answer = NULL, begun_at = ${Date.now()}`);
    const busy = await there.add(key, album);
    expect([outcome(busy), busy.headers['retry-after']]).toEqual(['409 invalid_state', '1']);
    const waiting = there.add(key, album);
    await restore();
    expect((await waiting).text).toBe(answer.text);
    expect(await here.policies(album)).toBe(1);
  });

  it('after its maker was gone in the middle it is not made again: 409, to look how things are', async () => {
    const { album, key, restore } = await made(`answer = NULL, begun_at = ${Date.now() - 61_000}`);
    const doubtful = await there.add(key, album);
    expect([outcome(doubtful), doubtful.headers['retry-after']]).toEqual(['409 invalid_state', undefined]);
    expect(await here.policies(album)).toBe(1);
    await restore();
  });

  it('after a day the key is a new one', async () => {
    const { album, key } = await made('expires_at = 1');
    expect((await there.add(key, album)).status).toBe(201);
    expect(await here.policies(album)).toBe(2);
  });

  it('the job removes what is over', async () => {
    await made('expires_at = 1');
    await jobsDone(first);
    expect(await query(first, 'SELECT 1 FROM kept_answer WHERE expires_at = 1')).toEqual([]);
  });
});
