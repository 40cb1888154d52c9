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
      await tell(id);
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
}
