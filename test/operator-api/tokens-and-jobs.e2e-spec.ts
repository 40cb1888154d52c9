import { outcome, OWNERS_CONNECTIONS } from '../owner-api/owners.js';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { BY_ALICE, operatorApi } from './operators.js';

interface Job {
  readonly id: string;
  readonly last?: { readonly outcome: string };
  readonly failing?: { readonly since: string; readonly times: number; readonly error: string };
  readonly waiting?: number;
  readonly late_since?: string;
}

interface Rate {
  readonly issued: number;
  readonly refused: number;
}

interface Tokens {
  readonly items: readonly {
    readonly client_id: string;
    readonly client_name: string;
    readonly counts: Readonly<Record<string, number>>;
    readonly total: number;
  }[];
  readonly next_cursor?: string;
  readonly is_complete: boolean;
  readonly rates: { readonly last_minute: Rate; readonly last_hour: Rate; readonly minutes: readonly Rate[] };
}

describeServer(
  'P9 tokens and jobs, as the operator’s console reads them',
  { config: BY_ALICE, connections: OWNERS_CONNECTIONS },
  (server) => {
    const tokens = async (query = '') => (await (await operatorApi(server())).get(`tokens${query}`)).json<Tokens>();

    it('a job runs when the operator says so, and the answer says what came of it; one that is none is not found', async () => {
      const alice = await operatorApi(server());
      const run = await alice.change('POST', 'jobs/rotate_keys/run');
      const { id, last } = run.json<Job>();
      expect([run.status, id, last?.outcome]).toEqual([200, 'rotate_keys', 'done']);
      expect(outcome(await alice.change('POST', 'jobs/nonsense/run'))).toBe('404 not_found');
      expect(server().log()).toContain('job_run_by_operator');
    });

    it('says of jobs that have a queue how much waits', async () => {
      const { items } = (await (await operatorApi(server())).get('jobs')).json<{ items: Job[] }>();
      const waiting = items.filter((job) => job.waiting !== undefined);
      expect(waiting.map(({ id }) => id)).toEqual(['back_channel_logout', 'stop_access', 'send_notices']);
      expect(items.filter((job) => job.failing ?? job.late_since)).toEqual([]);
    });

    it('living tokens are counted by application and kind, the largest first, and no longer once they are revoked', async () => {
      const owner = server().connections[1];
      const seen = await tokens();
      expect(seen.is_complete).toBe(true);
      const named = Object.fromEntries(seen.items.map((one) => [one.client_id, one]));
      expect(named['photo-service']?.counts).toMatchObject({ protection: 2, access: 0 });
      expect(named['owner-app']).toMatchObject({ client_name: 'Owner app', counts: { access: 2 } });
      expect(seen.items.map(({ total }) => total)).toEqual(seen.items.map(({ total }) => total).sort((a, b) => b - a));
      await clientOf(server(), 'owner-app').revoke(owner?.access_token ?? '');
      const fewer = await eventually(
        tokens,
        ({ items }) => items.find((one) => one.client_id === 'owner-app')?.counts['access'] === 1,
      );
      expect(fewer.items.find(({ client_id: id }) => id === 'owner-app')?.counts['access']).toBe(1);
    });

    it('is paged by application, each once; a cursor that is none is refused', async () => {
      const all = await tokens();
      const first = await tokens('?limit=1');
      const second = await tokens(`?limit=1&cursor=${first.next_cursor ?? ''}`);
      expect([...first.items, ...second.items]).toEqual(all.items.slice(0, 2));
      expect(outcome(await (await operatorApi(server())).get('tokens?cursor=bm9uZQ'))).toBe('400 invalid_request');
    });

    it('says how much the token endpoint of this process issued and refused', async () => {
      const { rates: before } = await tokens();
      const shop = clientOf(server(), 'print-shop');
      await shop.rpt('no-ticket');
      const { rates } = await tokens();
      expect(rates.last_hour.refused).toBe(before.last_hour.refused + 1);
      expect(rates.minutes).toHaveLength(60);
    });
  },
);
