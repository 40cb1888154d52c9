import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { changeStored } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { measured } from '../support/measures.js';
import { percentile } from './vitals.js';

const RESOURCES = 5_000;
const ROWS = 100_000;
const ASKED = 200;

const numbers = (count: number) =>
  `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${String(count)})`;
const KINDS = ['given', 'used', 'refused', 'removed'];

describeServer('lists that are long', { connections: OWNERS_CONNECTIONS }, (server) => {
  beforeAll(async () => {
    const { alice } = ownersOf(server());
    await alice.album('One of hers');
    await changeStored(
      server(),
      `INSERT INTO resource (id, owner, resource_server_id, name, description, scopes, version, policy_version, created_at,
        updated_at, search_text, sort_name) ${numbers(RESOURCES)} SELECT 'many_' || i, 'account:alice', 'photo-service',
        'Album ' || i, '{"name":"Album ' || i || '"}', '[["view",1]]', 1, 1, 1, 1, 'album ' || i, 'album ' || i FROM n`,
      `INSERT INTO activity (id, owner, at, kind, actor, holder, holder_name, client_id, resources, scopes) ${numbers(ROWS)}
        SELECT '00' || (1000000 + i), 'account:alice', 1700000000000 + i * 1000,
          CASE i % 4 ${KINDS.map((kind, at) => `WHEN ${String(at)} THEN '${kind}'`).join(' ')} END,
          'account:alice', CASE i % 3 WHEN 0 THEN 'account:bob' ELSE 'account:carol' END, 'Somebody', 'print-shop',
          '[{"id":"many_' || (i % 5000 + 1) || '","name":"Album ' || (i % 5000 + 1) || '"}]', '["view"]' FROM n`,
      `INSERT INTO activity_resource (resource_id, activity_id) ${numbers(ROWS)}
        SELECT 'many_' || (i % 5000 + 1), '00' || (1000000 + i) FROM n`,
    );
  }, 240_000);

  const p95 = async (pathOf: (round: number) => string) => {
    const { alice } = ownersOf(server());
    const times: number[] = [];
    for (let round = 0; round < ASKED; round += 1) {
      const start = performance.now();
      const answer = await server().http.get(`/me/${pathOf(round)}`, { bearer: alice.token });
      times.push(performance.now() - start);
      expect([pathOf(round), answer.status]).toEqual([pathOf(round), 200]);
      expect(answer.json<{ items: unknown[] }>().items.length).toBeGreaterThan(0);
    }
    return Math.round(percentile(times, 0.95));
  };

  it('G15 any of 5,000 resources is found by its name', async () => {
    measured(
      'G15',
      'ms p95, a search in 5,000 resources',
      await p95((round) => `resources?q=${String(round * 24 + 1)}`),
    );
  });

  it('G15 100,000 lines of activity are found by day, kind, person and resource', async () => {
    const ways = ['', '&kind=used', '&holder=account:bob', '&kind=removed&holder=account:carol'];
    const path = (round: number) =>
      round % 5 === 4
        ? `activity?limit=50&resource_id=many_${String(round + 1)}`
        : `activity?limit=50${ways[round % 5] ?? ''}`;
    measured('G15', 'ms p95, a search in 100,000 lines of activity', await p95(path));
  });
});
