import { randomUUID } from 'node:crypto';
import { commits, describeDatabases, race, winners, write } from '@valetkey/testing';
import type { Interaction } from './interaction.store.js';
import { InteractionStore } from './interaction.store.js';

const NOW = 1_790_000_000_000;

describeDatabases('interactions', (open) => {
  const store = (): InteractionStore => new InteractionStore(open().database);
  const begin = async (browser: string, expiresAt = NOW + 1_000): Promise<string> => {
    let value = '';
    const interaction = { kind: 'authorization', browser, content: { clientId: 'a' }, now: NOW, expiresAt };
    await write(open().database, (writes) => (value = store().begin(writes, interaction)));
    return value;
  };
  const found = async (value: string, browser: string) => (await store().find(value, browser)) as Interaction;

  it('is found by the browser that began it, and by no other: its address opens nothing', async () => {
    const browser = randomUUID();
    const value = await begin(browser);
    expect(await store().find(value, browser)).toMatchObject({ kind: 'authorization', content: { clientId: 'a' } });
    expect(await store().find(value, randomUUID())).toBeUndefined();
    expect(await store().find(`${value.slice(0, -1)}~`, browser)).toBeUndefined();
  });

  it('of 100 answers to one interaction exactly one finishes it', async () => {
    const browser = randomUUID();
    const value = await begin(browser);
    const interaction = await found(value, browser);
    const outcomes = await race(100, (index) =>
      commits(open().database, (writes) => store().finish(writes, interaction, NOW + index)),
    );
    expect(winners(outcomes)).toBe(1);
    expect((await found(value, browser)).doneAt).not.toBeNull();
  });

  it('remembers the first factor, until it is forgotten or finished', async () => {
    const browser = randomUUID();
    const value = await begin(browser);
    const interaction = await found(value, browser);
    const factor = { accountId: 'alice', at: NOW + 1 };
    const pass = () => commits(open().database, (writes) => store().passFirst(writes, interaction, factor));
    expect(await pass()).toBe(true);
    expect((await found(value, browser)).firstFactor).toEqual(factor);
    await write(open().database, (writes) => store().forgetFirst(writes, interaction));
    expect((await found(value, browser)).firstFactor).toBeNull();
    await write(open().database, (writes) => store().finish(writes, interaction, NOW + 2));
    expect(await pass()).toBe(false);
  });

  it('leaves an hour after its end: until then she is told where to begin anew', async () => {
    const [browser, other] = [randomUUID(), randomUUID()];
    const [early, late] = [await begin(browser, NOW + 5), await begin(other, NOW + 50)];
    await store().expire(NOW + 5 + 3_599_999, 1_000);
    expect(await store().find(early, browser)).toBeDefined();
    await store().expire(NOW + 5 + 3_600_000, 1_000);
    expect(await store().find(early, browser)).toBeUndefined();
    expect(await store().find(late, other)).toBeDefined();
  });
});
