import type { OpenDatabase } from '@valetkey/persistence';
import { race, write } from '@valetkey/testing';
import type { AccountsNode } from '../ground.contract.js';
import { accountsNode, HOUR, MINUTE, newMember, newPerson, PASSWORD } from '../ground.contract.js';
import { NoticeChoices } from '../persistence/notice-choices.store.js';

const NEXT = 'nine green hills in rain';

/** What people are to hear of changes of their accounts. */
export function accountNoticesContract(open: () => OpenDatabase): void {
  let node: AccountsNode;
  beforeEach(() => void (node = accountsNode(open())));
  const tell = (accountId: string, called = '') =>
    write(open().database, (writes) => node.notices.tell(writes, accountId, 'passkey_added', called));
  const changesOf = async (accountId: string) => (await node.notices.take(accountId)).map(({ change }) => change);

  it('a change is to be told once it is made, one that fails is not', async () => {
    const alice = await newMember(open(), node);
    expect(await changesOf(alice.id)).toEqual(['operator_set_password']);
    await node.passwords.change(alice, { current: 'not the password', next: NEXT });
    expect(await changesOf(alice.id)).toEqual([]);
    await node.passwords.change(alice, { current: PASSWORD, next: NEXT });
    await node.oneTimeCodes.remove(alice.id);
    node.clock.time += 1;
    await node.recoveryCodes.renew(alice.id);
    expect(await changesOf(alice.id)).toEqual(['password_changed', 'recovery_codes_made']);
  });

  it('a configured password is told when it takes the place of another, not when it is the first', async () => {
    const { id } = await newPerson(open());
    await node.configured.apply(id, PASSWORD);
    expect(await changesOf(id)).toEqual([]);
    await node.configured.apply(id, NEXT);
    expect(await changesOf(id)).toEqual(['operator_set_password']);
  });

  it('of 20 servers one takes what an account is to hear, all of it together and in order', async () => {
    const { id } = await newPerson(open());
    for (const called of ['first', 'second', 'third']) {
      await tell(id, called);
      node.clock.time += 1;
    }
    expect(await node.notices.dueAccounts(1_000)).toContain(id);
    const taken = await race(20, () => node.notices.take(id));
    const told = taken.filter((one) => one.length > 0);
    expect(told.map((one) => one.map(({ called }) => called))).toEqual([['first', 'second', 'third']]);
    await node.notices.settle(told[0] ?? [], true);
    node.clock.time += 48 * HOUR;
    expect(await node.notices.dueAccounts(1_000)).not.toContain(id);
  });

  it('what was not sent is due again, ever later, and is given up in the end with a line in the log', async () => {
    const { id } = await newPerson(open());
    await tell(id);
    for (const pause of [10_000, MINUTE, 10 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR]) {
      const taken = await node.notices.take(id);
      expect(taken).toHaveLength(1);
      await node.notices.settle(taken, false);
      node.clock.time += pause - 1;
      expect(await node.notices.take(id)).toEqual([]);
      node.clock.time += 1;
    }
    await node.notices.settle(await node.notices.take(id), false);
    node.clock.time += 48 * HOUR;
    expect(await node.notices.take(id)).toEqual([]);
    expect(node.events.all).toContainEqual({
      event: 'account_notice_given_up',
      reason: 'passkey_added',
      accountId: id,
    });
  });

  it('messages about requests are wanted until somebody says otherwise; choosing twice is choosing once', async () => {
    const [alice, bob] = [await newPerson(open()), await newPerson(open())];
    const choices = new NoticeChoices(open().database);
    for (const isWanted of [false, false, true, true, false]) {
      await choices.chooseRequests(alice.id, isWanted);
      expect([await choices.wantsRequests(alice.id), await choices.wantsRequests(bob.id)]).toEqual([isWanted, true]);
    }
  });

  it('270 whoever changes an account over and over fills no mailbox: what comes meanwhile waits and is told together', async () => {
    const { id } = await newPerson(open());
    let messages = 0;
    let told = 0;
    for (let minute = 0; minute < 60; minute += 1) {
      await tell(id, `No ${minute}`);
      const taken = await node.notices.take(id);
      await node.notices.settle(taken, true);
      if (taken.length > 0) messages += 1;
      told += taken.length;
      node.clock.time += HOUR / 60;
    }
    expect(messages).toBeGreaterThanOrEqual(10);
    expect(messages).toBeLessThanOrEqual(14);
    node.clock.time += HOUR;
    for (let more = await node.notices.take(id); more.length > 0; more = await node.notices.take(id)) {
      await node.notices.settle(more, true);
      told += more.length;
    }
    expect(told).toBe(60);
  });

  it('264 what is equal and waits is told once, with its first time and its last; what was taken before is apart', async () => {
    const { id } = await newPerson(open());
    const began = node.clock.time;
    for (let minute = 0; minute < 3; minute += 1) {
      await tell(id, 'My telephone');
      node.clock.time += MINUTE / 2;
      await tell(id, 'My key');
      node.clock.time += MINUTE / 2;
    }
    const taken = await node.notices.take(id);
    const times = (from: number) => ({ changedAt: from, lastChangedAt: from + 2 * MINUTE });
    expect(taken).toMatchObject([
      { called: 'My telephone', ...times(began) },
      { called: 'My key', ...times(began + MINUTE / 2) },
    ]);
    // It is on its way: what happens now is told after it.
    await tell(id, 'My key');
    await node.notices.settle(taken, true);
    expect(await node.notices.take(id)).toMatchObject([{ called: 'My key', changedAt: node.clock.time }]);
  });

  it('264 names fill no table: beyond a hundred those of one kind are one, and no other kind is lost', async () => {
    const { id } = await newPerson(open());
    for (let index = 0; index < 150; index += 1) {
      await tell(id, `No ${index}`);
      node.clock.time += 1;
    }
    await write(open().database, (writes) => node.notices.tell(writes, id, 'password_changed'));
    const told: string[] = [];
    for (let more = await node.notices.take(id); more.length > 0; more = await node.notices.take(id)) {
      await node.notices.settle(more, true);
      told.push(...more.map(({ change }) => change));
    }
    expect([told.length, told.filter((change) => change === 'password_changed').length]).toEqual([101, 1]);
  });

  it('264 of changes at the same time as their notices are taken none is lost', async () => {
    const { id } = await newPerson(open());
    const nodes = [node, accountsNode(open())];
    const taken: number[] = [];
    for (let round = 1; round <= 20; round += 1) {
      for (const one of nodes) one.clock.time += 2 * HOUR;
      const [, , more] = await Promise.all([
        tell(id),
        write(open().database, (writes) => nodes[1]?.notices.tell(writes, id, 'passkey_added')),
        nodes[round % 2]?.notices.take(id),
      ]);
      await node.notices.settle(more ?? [], true);
      taken.push(...(more ?? []).map(({ lastChangedAt }) => lastChangedAt));
      const rest = await node.notices.take(id);
      await node.notices.settle(rest, true);
      taken.push(...rest.map(({ lastChangedAt }) => lastChangedAt));
    }
    expect(new Set(taken).size).toBe(20);
  });
}
