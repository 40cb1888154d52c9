import { setTimeout as wait } from 'node:timers/promises';
import type { OpenDatabase } from '@valetkey/persistence';
import { Administration } from '@valetkey/persistence';
import { createPlace } from '@valetkey/testing';

describe('administration by several processes (PostgreSQL)', () => {
  it('works one process at a time, also after a failure', async () => {
    const place = await createPlace('postgres');
    const nodes: OpenDatabase[] = [await place.open(), await place.open()];
    try {
      let working = 0;
      const seen: number[] = [];
      const work = async (): Promise<void> => {
        working += 1;
        await wait(20);
        seen.push(working);
        working -= 1;
        if (seen.length === 1) throw new Error('the first one fails');
      };
      const turns = [...nodes, ...nodes].map(({ dataSource }) => new Administration(dataSource).exclusively(work));
      const outcomes = await Promise.allSettled(turns);
      expect(seen).toEqual([1, 1, 1, 1]);
      expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    } finally {
      for (const node of nodes) await node.close();
      await place.remove();
    }
  });
});
