import { randomUUID } from 'node:crypto';
import { describeDatabases, race } from '@valetkey/testing';
import { KeptAnswerStore } from './kept-answer.store.js';

const NOW = 1_700_000_000_000;

describeDatabases('keys of changes', (open) => {
  const store = () => new KeptAnswerStore(open().database);
  const claim = (owner: string, keyHash: string, begunAt = NOW) =>
    store().claim({ owner, keyHash, begunAt }, 'digest', { expiresAt: begunAt + 1_000, most: 3 });

  it('of ten at once with one key one may make the change', async () => {
    const owner = randomUUID();
    const outcomes = await race(10, () => claim(owner, 'key'));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
  });

  it('no more are kept of an owner than there is room for; others have their own', async () => {
    const owner = randomUUID();
    const outcomes: boolean[] = [];
    for (const key of ['a', 'b', 'c', 'd']) outcomes.push(await claim(owner, key));
    expect([outcomes, await store().count(owner)]).toEqual([[true, true, true, false], 3]);
    expect(await claim(randomUUID(), 'a')).toBe(true);
  });

  it('a key whose time is over is free again', async () => {
    const owner = randomUUID();
    expect([await claim(owner, 'a'), await claim(owner, 'a'), await claim(owner, 'a', NOW + 1_000)]).toEqual([
      true,
      false,
      true,
    ]);
  });
});
