import { randomUUID } from 'node:crypto';
import type { OpenDatabase } from '@valetkey/persistence';
import { statement } from '@valetkey/persistence';
import { commits, race, SetClock, write } from '@valetkey/testing';
import type { ActivityFilter, ActivityLine } from '../domain/activity-line.js';
import { positionOf } from '../domain/activity-line.js';
import { ActivityStore } from './activity.store.js';

const NOW = 1_700_000_000_000;
const MANY = { limit: 100 };

/** What happened: true, once, and for its owner alone. */
export function activityContract(open: () => OpenDatabase): void {
  const at = (now: number) => new ActivityStore(open().database, new SetClock(now));
  const lineOf = (owner: string, more: Partial<ActivityLine> = {}): ActivityLine => ({
    owner,
    at: NOW,
    kind: 'given',
    ...more,
  });
  const note = (line: ActivityLine, now = NOW) => write(open().database, (writes) => at(now).note(writes, line));
  const newOwner = () => `account:${randomUUID()}`;

  it('a line is there with the change that it tells of, and gone without it', async () => {
    const owner = newOwner();
    const line = lineOf(owner, {
      actor: owner,
      holder: 'account:bob',
      holderName: 'Bob',
      clientId: 'shop',
      resources: [{ id: 'r1', name: 'Album', serverId: 'photos' }, { id: 'r2' }],
      scopes: ['view'],
      endsAt: NOW + 5,
      accessId: 'share:p1',
      requestId: 'q1',
      reference: 'ABC',
    });
    await note(line);
    const { items } = await at(NOW).page(owner, {}, MANY);
    expect(items).toEqual([{ ...line, id: expect.stringMatching(/^e/) as string }]);
    const failing = statement('UPDATE account SET name = name WHERE id = ?');
    const committed = await commits(open().database, (writes) => {
      at(NOW).note(writes, line);
      writes.expectOne(failing, ['nobody']);
    });
    expect([committed, (await at(NOW).page(owner, {}, MANY)).items.length]).toEqual([false, 1]);
  });

  it('lines are read newest first, page by page, and never those of another owner', async () => {
    const [owner, other] = [newOwner(), newOwner()];
    for (let index = 0; index < 5; index += 1) await note(lineOf(owner, { at: NOW + index }), NOW + index);
    await note(lineOf(other), NOW + 2);
    const first = await at(NOW).page(owner, {}, { limit: 3 });
    const rest = await at(NOW).page(owner, {}, { limit: 3, after: first.next ?? '' });
    expect([first.items, rest.items].map((items) => items.map((one) => one.at - NOW))).toEqual([
      [4, 3, 2],
      [1, 0],
    ]);
    expect(rest.next).toBeUndefined();
    expect((await at(NOW).page(other, {}, MANY)).items).toHaveLength(1);
  });

  it('each condition narrows the page, and so do several at once', async () => {
    const [owner, other] = [newOwner(), newOwner()];
    const about = { holder: 'account:bob', clientId: 'shop', resources: [{ id: `r${owner}` }], accessId: 'share:p' };
    await note(lineOf(owner, { ...about, kind: 'changed' }), NOW + 1);
    await note(lineOf(other, { ...about, kind: 'changed' }), NOW + 1);
    await note(lineOf(owner, { holder: 'account:eve', clientId: 'mail', resources: [{ id: 'r' }] }), NOW + 9);
    const counts = async (filter: ActivityFilter) => (await at(NOW).page(owner, filter, MANY)).items.length;
    const filters: ActivityFilter[] = [
      { holder: 'account:bob' },
      { clientId: 'shop' },
      { resourceId: `r${owner}` },
      { accessId: 'share:p' },
      { kind: 'changed' },
      { to: NOW + 9 },
      { ...about, resourceId: `r${owner}`, kind: 'changed', from: NOW + 1, to: NOW + 2 },
    ];
    expect(await Promise.all(filters.map(counts))).toEqual(filters.map(() => 1));
    expect(await counts({ from: NOW + 9 })).toBe(1);
    const none: ActivityFilter[] = [
      { holder: 'account:bob', kind: 'given' },
      { clientId: 'mail', resourceId: `r${owner}` },
      { from: NOW + 10 },
      { to: NOW + 1 },
    ];
    expect(await Promise.all(none.map(counts))).toEqual(none.map(() => 0));
  });

  it('what is told once is one line, whoever of many servers tells it', async () => {
    const owner = newOwner();
    const line = lineOf(owner, { resources: [{ id: `r${owner}` }], kind: 'used' });
    await race(10, (index) =>
      write(open().database, (writes) => at(NOW + index).noteOnce(writes, line, `once${owner}`)),
    );
    expect((await at(NOW).page(owner, {}, MANY)).items).toHaveLength(1);
    expect((await at(NOW).page(owner, { resourceId: `r${owner}` }, MANY)).items).toHaveLength(1);
  });

  it('news are read behind a position, oldest first, and old lines leave', async () => {
    const [owner, old, later] = [newOwner(), NOW - 1_000_000, NOW + 1_000_000];
    await note(lineOf(owner, { resources: [{ id: `r${owner}` }] }), old);
    for (const now of [later + 1, later]) await note(lineOf(owner), now);
    const news = (await at(NOW).after(positionOf(later), 1_000)).filter((one) => one.owner === owner);
    expect(news.map(({ id }) => id)).toEqual(news.map(({ id }) => id).sort());
    expect(news).toHaveLength(2);
    expect(await at(NOW).removeOld(old + 1, 10)).toBe(1);
    expect((await at(NOW).page(owner, { resourceId: `r${owner}` }, MANY)).items).toEqual([]);
    expect((await at(NOW).page(owner, {}, MANY)).items).toHaveLength(2);
  });
}
