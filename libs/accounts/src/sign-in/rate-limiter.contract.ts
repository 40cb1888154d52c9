import { randomUUID } from 'node:crypto';
import type { OpenDatabase } from '@valetkey/persistence';
import { race } from '@valetkey/testing';
import type { RateRule } from '../domain/attempt-rule.js';
import type { AccountsNode } from '../ground.contract.js';
import { accountsNode, NOW } from '../ground.contract.js';

const RULE: RateRule = { most: 3, window: 60_000 };

/** Counting requests. */
export function rateLimiterContract(open: () => OpenDatabase): void {
  let node: AccountsNode;
  let key: string;
  beforeEach(() => {
    node = accountsNode(open());
    key = randomUUID();
  });
  const count = (rule = RULE, name = key) => node.rates.count({ key: name, rule });

  it('lets through as many as the rule says in each window, and begins a new one with the first after it', async () => {
    const outcomes = [];
    for (let round = 0; round < 5; round += 1) {
      outcomes.push(await count());
      node.clock.time += 1_000;
    }
    const end = NOW + RULE.window;
    expect(outcomes).toEqual([undefined, undefined, undefined, end, end]);
    node.clock.time = end;
    expect([await count(), await count(), await count()]).toEqual([undefined, undefined, undefined]);
    expect(await count()).toBe(end + RULE.window);
  });

  it('counts in all buckets or in none', async () => {
    const loose = randomUUID();
    const both = () => node.rates.count({ key: loose, rule: { ...RULE, most: 4 } }, { key, rule: RULE });
    for (let round = 0; round < 3; round += 1) expect(await both()).toBeUndefined();
    expect(await both()).toBe(NOW + RULE.window);
    expect(await count({ ...RULE, most: 4 }, loose)).toBeUndefined();
    expect(await count({ ...RULE, most: 4 }, loose)).toBe(NOW + RULE.window);
  });

  it('264 of 100 at once over two nodes exactly as many pass as the window lets through', async () => {
    const nodes = [node, accountsNode(open())];
    const rule = { most: 40, window: 60_000 };
    const outcomes = await race(100, (index) => (nodes[index % 2] as AccountsNode).rates.count({ key, rule }));
    expect(outcomes.filter((until) => until === undefined)).toHaveLength(40);
  });
}
