import type { ActivityEntry, ActivityStore } from '@valetkey/activity';
import type { PageRequest } from '@valetkey/kernel';
import type { ActivityRow } from '@valetkey/owner-contract';
import type { ActivityRows } from './activity-rows.service.js';
import { ActivitySearch } from './activity-search.service.js';

const LINES = 5_000;
const idOf = (place: number) => `e${String(LINES - place).padStart(5, '0')}`;

function setUp() {
  const reads: PageRequest[] = [];
  const page = (_owner: string, _filter: object, request: PageRequest) => {
    reads.push(request);
    const begin = request.after === undefined ? 0 : LINES - Number(request.after.slice(1)) + 1;
    const end = Math.min(begin + request.limit, LINES);
    const items = Array.from({ length: end - begin }, (_, index) => ({ id: idOf(begin + index) }) as ActivityEntry);
    return Promise.resolve({ items, ...(end < LINES && { next: idOf(end - 1) }) });
  };
  const named = ({ id }: ActivityEntry) => ({ id, resources: [], scopes: [], reference: `Référence ${id}` });
  const of = (entries: readonly ActivityEntry[]) => Promise.resolve(entries.map(named) as unknown as ActivityRow[]);
  const search = new ActivitySearch({ page } as unknown as ActivityStore, { of } as unknown as ActivityRows);
  const ask = (q: string, request: PageRequest) => search.page('account:alice', { filter: {}, q }, request, []);
  return { reads, ask };
}

describe('UX O11: searching what happened', () => {
  it('an answer looks at two thousand lines at most, and its cursor goes on where that ended', async () => {
    const { reads, ask } = setUp();
    const first = await ask('nothing', { limit: 50 });
    expect([first.items, reads.length, first.next_cursor]).toEqual([[], 10, idOf(1_999)]);
    const old = idOf(4_321);
    const second = await ask(old, { limit: 50, after: idOf(1_999) });
    const third = await ask(old, { limit: 50, after: second.next_cursor ?? '' });
    expect([second.items, third.items.map(({ id }) => id), third.next_cursor]).toEqual([[], [old], undefined]);
  });

  it('finds without marks and case, each line once, page by page', async () => {
    const { ask } = setUp();
    const first = await ask('REFERENCE', { limit: 50 });
    const second = await ask('reference', { limit: 50, after: first.next_cursor ?? '' });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
      Array.from({ length: 100 }, (_, at) => idOf(at)),
    );
  });
});
