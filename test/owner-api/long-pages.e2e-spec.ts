import { query } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { type ListJson, OWNERS_CONNECTIONS, ownersOf } from './owners.js';

const RECORDS = 200;
const RESOURCES = 100;
const FEW = 5;

const numbers = (count: number) =>
  `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${count - 1})`;
const padded = (number: string) => `substr(CAST(100000 + ${number} AS text), 2)`;
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
    await server().stop();
    for (const statement of BULK) await query(server(), statement);
    await server().restart();
  });

  /** Asks for a list, and meanwhile again and again whether the server lives. @returns how long the longest of that took */
  const beside = async <T>(path: string) => {
    let over = false;
    const list = alice()
      .owner.get(path)
      .finally(() => (over = true));
    let longest = 0;
    while (!over) {
      const began = performance.now();
      await server().http.get('/health/live');
      longest = Math.max(longest, performance.now() - began);
    }
    return { items: (await list).json<ListJson<T>>().items, longest };
  };
  /** Where the page alone had the server, others waited for two and for five seconds. */
  const BOUND = 1_500;

  it('200 authorizations of 100 resources each keep nobody else waiting (attack class 269)', async () => {
    const { items, longest } = await beside<Authorization>('authorizations?limit=200');
    expect(longest).toBeLessThan(BOUND);
    expect(items).toHaveLength(RECORDS);
    const bulk = items.filter(({ grant_id: id }) => id.startsWith('g_bulk_'));
    expect(new Set(bulk.map((one) => one.resource_count))).toEqual(new Set([RESOURCES]));
    expect(new Set(bulk.map((one) => one.resources.length))).toEqual(new Set([FEW]));
  });

  it('200 requests for 50 resources each keep nobody else waiting', async () => {
    const { items, longest } = await beside<{ resources: Held[] }>('requests?state=pending&limit=200');
    expect(longest).toBeLessThan(BOUND);
    expect(items.map(({ resources }) => resources.length)).toEqual(Array(RECORDS).fill(50));
  });
});
