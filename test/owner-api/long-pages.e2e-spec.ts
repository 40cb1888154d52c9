import { changeStored } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { everyPage, type ListJson, outcome, OWNERS_CONNECTIONS, ownersOf } from './owners.js';

const RECORDS = 200;
const RESOURCES = 100;
const FEW = 5;

const numbers = (count: number) =>
  `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`;
const padded = (number: string) => `substr(CAST(100000 + ${number} AS text), 2)`;
/** One authorization on 250 resources: one behind the hundredth alone can be printed, and another one lasts the longest. */
const MANY = { id: 'g_bulk_00007', resources: 250, latest: 3_900_000_000_000 };
const PARTY = `'{"issuer":"https://partner.example","subject":"' || i || '"}'`;
/** 200 authorizations on 100 resources each, and as many requests for 50 of them each. */
const BULK = [
  `INSERT INTO resource (id, owner, resource_server_id, description, scopes, version, policy_version, created_at, updated_at)
   ${numbers(RECORDS * RESOURCES)} SELECT 'r_bulk_' || ${padded('i')}, 'account:alice', 'photo-service',
     '{"name":"Album ' || i || '"}', '[["view",1]]', 1, 1, 1, 1 FROM n`,
  `INSERT INTO authorization_record (id, origin, owner, client_id, resource_server_id, party, party_key, scopes, root_id, depth,
     state, created_at, seen_at)
   ${numbers(RECORDS)} SELECT 'g_bulk_' || ${padded('i')}, 'uma', 'account:alice', 'print-shop', 'photo-service', ${PARTY},
     'bulk-' || i, '[]', 'g_bulk_' || ${padded('i')}, 0, 'active', 1, 4000000000000 FROM n`,
  `INSERT INTO authorization_permission (authorization_id, resource_id, scopes, policy_ids)
   ${numbers(RECORDS * RESOURCES)} SELECT 'g_bulk_' || ${padded(`i / ${RESOURCES}`)}, 'r_bulk_' || ${padded('i')}, '["view"]',
     '[]' FROM n`,
  `INSERT INTO access_request (id, owner, resource_server_id, client_id, party, request_key, permissions, state, created_at,
     expires_at)
   ${numbers(RECORDS)} SELECT 'q_bulk_' || ${padded('i')}, 'account:alice', 'photo-service', 'print-shop', ${PARTY}, 'bulk-' || i,
     '[${Array.from({ length: 50 }, (_, at) => `{"resourceId":"r_bulk_' || ${padded(`(i * 50 + ${at})`)} || '","scopes":["view"]}`).join()}]',
     'pending', 1, 4000000000000 FROM n`,
];

const LARGE = [
  `DELETE FROM authorization_permission WHERE authorization_id = '${MANY.id}'`,
  `INSERT INTO authorization_permission (authorization_id, resource_id, scopes, policy_ids, expires_at)
   ${numbers(MANY.resources)} SELECT '${MANY.id}', 'r_bulk_' || ${padded('i')},
     CASE WHEN i = 240 THEN '["print","view"]' ELSE '["view"]' END, '[]',
     CASE WHEN i = 245 THEN ${MANY.latest} ELSE 3800000000000 END FROM n`,
];

interface Held {
  readonly id: string;
  readonly name: string;
}

interface Authorization {
  readonly grant_id: string;
  readonly resource_count: number;
  readonly resources: readonly Held[];
  readonly scopes: readonly { readonly scope: string }[];
  readonly expires_at?: string;
}

describeServer('pages of an owner with very much', { connections: OWNERS_CONNECTIONS }, (server) => {
  const alice = () => ownersOf(server()).alice;

  beforeAll(async () => {
    await changeStored(server(), ...BULK, ...LARGE);
  });

  const waiting = async () => {
    const began = performance.now();
    await server().http.get('/health/live');
    return performance.now() - began;
  };
  /**
   * Asks for a list, and meanwhile again and again whether the server lives.
   * @returns how long the longest of that took, and a bound far above what it takes where nobody asks for a list: where a page alone
   *   had the server, others waited for two and for five seconds on a quiet machine
   */
  const beside = async <T>(path: string) => {
    let usual = 0;
    for (let time = 0; time < 20; time += 1) usual += (await waiting()) / 20;
    let over = false;
    const list = alice()
      .owner.get(path)
      .finally(() => (over = true));
    let longest = 0;
    while (!over) longest = Math.max(longest, await waiting());
    return { items: (await list).json<ListJson<T>>().items, longest, bound: 1_000 + 50 * usual };
  };

  it('200 authorizations of 100 resources each keep nobody else waiting (attack class 269)', async () => {
    const { items, longest, bound } = await beside<Authorization>('authorizations?limit=200');
    expect(longest).toBeLessThan(bound);
    expect(items).toHaveLength(RECORDS);
    const bulk = items.filter(({ grant_id: id }) => id.startsWith('g_bulk_') && id !== MANY.id);
    expect(new Set(bulk.map((one) => one.resource_count))).toEqual(new Set([RESOURCES]));
    expect(new Set(bulk.map((one) => one.resources.length))).toEqual(new Set([FEW]));
  });

  it('200 requests for 50 resources each keep nobody else waiting', async () => {
    const { items, longest, bound } = await beside<{ resources: Held[] }>('requests?state=pending&limit=200');
    expect(longest).toBeLessThan(bound);
    expect(items.map(({ resources }) => resources.length)).toEqual(Array(RECORDS).fill(50));
  });

  describe('an authorization of 250 resources', () => {
    const path = `authorizations/${MANY.id}/resources`;
    const ids = Array.from({ length: MANY.resources }, (_, index) => `r_bulk_${String(index).padStart(5, '0')}`);

    it.each([
      ['where it is read', 100],
      ['in the list', FEW],
    ])('%s has all scopes, the latest end and the count, whatever is shown of it', async (where, shown) => {
      const one =
        shown === FEW
          ? (await alice().owner.get('authorizations?limit=200'))
              .json<ListJson<Authorization>>()
              .items.find(({ grant_id: id }) => id === MANY.id)
          : (await alice().owner.get(`authorizations/${MANY.id}`)).json<Authorization>();
      expect([where, one?.resources.map(({ id }) => id)]).toEqual([where, ids.slice(0, shown)]);
      expect(one?.resource_count).toBe(MANY.resources);
      expect(one?.scopes.map(({ scope }) => scope)).toEqual(['print', 'view']);
      expect(one?.expires_at).toBe(new Date(MANY.latest).toISOString());
    });

    it('shows them all page by page, each once, by the names that people know', async () => {
      const all = await everyPage<Held>(alice().owner, `${path}?`, 40);
      expect(all.map(({ id }) => id)).toEqual(ids);
      expect(all[249]).toMatchObject({ name: 'Album 249', rs_name: 'Photo service', scopes: ['view'] });
      expect(all[240]).toMatchObject({ scopes: ['print', 'view'], expires_at: expect.any(String) as string });
    });

    it('IR-41 is nobody else’s, page by page neither: 404, as for one that is not there', async () => {
      const { bob } = ownersOf(server());
      expect(outcome(await bob.owner.get(path))).toBe('404 not_found');
      expect(outcome(await bob.owner.get(`${path}?cursor=${ids[0] ?? ''}`))).toBe('404 not_found');
      expect(outcome(await alice().owner.get('authorizations/g_none/resources'))).toBe('404 not_found');
    });

    it.each(['limit=0', 'limit=201', 'cursor=a%20b', 'cursor=a&cursor=b'])('refuses %s', async (query) => {
      expect(outcome(await alice().owner.get(`${path}?${query}`))).toBe('400 invalid_request');
    });
  });
});
