import { randomUUID } from 'node:crypto';
import type { OpenDatabase } from '@valetkey/persistence';
import { race } from '@valetkey/testing';
import type { AttemptRule } from '../domain/attempt-rule.js';
import type { AccountsNode } from '../ground.contract.js';
import { accountsNode, NOW } from '../ground.contract.js';
import type { Reservation } from './attempt-limiter.service.js';

const RULE: AttemptRule = { free: 2, waits: [1000, 5000], memory: 60_000 };
const LOOSE: AttemptRule = { free: 100, waits: [1000], memory: 60_000 };

/** Counting attempts. */
export function attemptLimiterContract(open: () => OpenDatabase): void {
  let node: AccountsNode;
  let key: string;
  beforeEach(() => {
    node = accountsNode(open());
    key = randomUUID();
  });
  const reserve = (rule = RULE, name = key) => node.limiter.reserve([{ key: name, rule }]);
  const reserved = async () => {
    const reservation = await reserve();
    if ('until' in reservation) throw new Error('it waits');
    return reservation;
  };

  it('lets the free ones through at once, then one after each wait, and forgets after the memory', async () => {
    const waits: number[] = [];
    for (let round = 0; round < 6; round += 1) {
      const outcome = await reserve();
      waits.push('until' in outcome ? outcome.until - node.clock.time : 0);
      node.clock.time += waits.at(-1) ?? 0;
    }
    expect(waits).toEqual([0, 0, 1000, 0, 5000, 0]);
    node.clock.time += 60_000;
    expect([await reserve(), await reserve()].map((outcome) => 'until' in outcome)).toEqual([false, false]);
    expect(await reserve()).toEqual({ until: node.clock.time + 1000 });
  });

  it('takes back what an attempt added, and no wait that a later one made', async () => {
    const first = await reserved();
    const second = await reserved();
    await node.limiter.release(first);
    expect(await reserve()).toEqual({ until: NOW + 1000 });
    await node.limiter.release(second);
    expect(await reserve()).not.toHaveProperty('until');
    expect(await reserve()).not.toHaveProperty('until');
    expect(await reserve()).toHaveProperty('until');
  });

  it('230 nobody waits because another attempt, or another node, has a later clock', async () => {
    const later = accountsNode(open());
    later.clock.time = node.clock.time + 900;
    expect(await later.limiter.reserve([{ key, rule: LOOSE }])).not.toHaveProperty('until');
    expect(await reserve(LOOSE)).not.toHaveProperty('until');
    expect(await later.limiter.reserve([{ key, rule: LOOSE }])).not.toHaveProperty('until');
    expect(await reserve(LOOSE)).not.toHaveProperty('until');
  });

  it('counts in all buckets or in none', async () => {
    const loose = randomUUID();
    await reserved();
    await reserved();
    const both = [
      { key: loose, rule: { ...LOOSE, free: 1 } },
      { key, rule: RULE },
    ];
    expect(await node.limiter.reserve(both)).toHaveProperty('until');
    expect(await reserve({ ...LOOSE, free: 1 }, loose)).not.toHaveProperty('until');
  });

  it('of 200 at once over two nodes as many pass as one after the other, and releases leave nothing', async () => {
    const nodes = [node, accountsNode(open())];
    const outcomes = await race(200, (index) =>
      (nodes[index % 2] as AccountsNode).limiter.reserve([{ key, rule: LOOSE }]),
    );
    const through = outcomes.filter((outcome): outcome is Reservation => !('until' in outcome));
    expect(through).toHaveLength(100);
    await Promise.all(through.map((reservation) => node.limiter.release(reservation)));
    expect((await race(200, () => reserve(LOOSE))).filter((outcome) => !('until' in outcome))).toHaveLength(100);
  });
}
