import { randomUUID } from 'node:crypto';
import type { OpenDatabase, WriteSet } from '@valetkey/persistence';
import { commits, race, winners, write } from '@valetkey/testing';
import { NOW } from '../ground.contract.js';
import { OneTimeCodeStore } from './one-time-code.store.js';
import type { Passkey } from './passkey.store.js';
import { PasskeyStore } from './passkey.store.js';
import { PasswordStore } from './password.store.js';
import { RecoveryCodeStore } from './recovery-code.store.js';
import { RecoveryLinkStore } from './recovery-link.store.js';

/** What is used once, without the limits before it: a hundred contenders each. */
export function singleUseContract(open: () => OpenDatabase): void {
  const database = () => open().database;
  const contest = async (use: (writes: WriteSet, index: number) => void) =>
    winners(await race(100, (index) => commits(database(), (writes) => use(writes, index))));
  const id = () => randomUUID();

  it('231 a recovery link is used by one of 100', async () => {
    const store = new RecoveryLinkStore(database());
    const link = { hash: id(), accountId: id(), now: NOW, expiresAt: NOW + 1000 };
    await write(database(), (writes) => store.insert(writes, link));
    expect(await contest((writes) => store.use(writes, link.hash, NOW + 1000))).toBe(0);
    expect(await contest((writes) => store.use(writes, link.hash, NOW))).toBe(1);
    expect(await contest((writes) => store.use(writes, link.hash, NOW))).toBe(0);
  });

  it('RFC 6238 5.2 a time step is used by one of 100, and an older one by none', async () => {
    const store = new OneTimeCodeStore(database());
    const accountId = id();
    await write(database(), (writes) => store.begin(writes, { accountId, secret: 's', until: NOW + 1 }));
    expect(await contest((writes) => store.confirm(writes, accountId, { secret: 's', step: 6 }))).toBe(1);
    expect(await contest((writes) => store.use(writes, accountId, { secret: 's', step: 7 }))).toBe(1);
    expect(await contest((writes) => store.use(writes, accountId, { secret: 's', step: 6 }))).toBe(0);
    expect(await contest((writes) => store.use(writes, accountId, { secret: 'other', step: 8 }))).toBe(0);
    // Of different steps at once each at most once, and the newest always.
    const steps = await race(100, (index) =>
      commits(database(), (writes) => store.use(writes, accountId, { secret: 's', step: 8 + (index % 10) })),
    );
    for (let step = 0; step < 10; step += 1)
      expect(winners(steps.filter((_, index) => index % 10 === step))).toBeLessThanOrEqual(1);
    expect(winners(steps.filter((_, index) => index % 10 === 9))).toBe(1);
  });

  it('a recovery code is used by one of 100', async () => {
    const store = new RecoveryCodeStore(database());
    const accountId = id();
    await write(database(), (writes) => store.replaceAll(writes, accountId, ['one', 'two']));
    expect(await contest((writes) => store.use(writes, accountId, 'one'))).toBe(1);
    expect(await store.count(accountId)).toBe(1);
  });

  it('a challenge for a passkey is answered by one of 100, and by nobody else', async () => {
    const store = new PasskeyStore(database());
    const challenge = { hash: id(), accountId: id(), expiresAt: NOW + 1 };
    const { hash, accountId } = challenge;
    await write(database(), (writes) => store.challenge(writes, challenge));
    expect(await contest((writes) => store.answer(writes, { hash, accountId: '', now: NOW }))).toBe(0);
    expect(await contest((writes) => store.answer(writes, { hash, accountId, now: NOW + 1 }))).toBe(0);
    expect(await contest((writes) => store.answer(writes, { hash, accountId, now: NOW }))).toBe(1);
  });

  it('WebAuthn 7.2 a count of a passkey is used by one of 100; devices that do not count always say 0', async () => {
    const store = new PasskeyStore(database());
    const passkey = (counter: number): Passkey => ({
      ...{ id: id(), accountId: id(), publicKey: 'k', counter, transports: ['usb'], name: 'key', synced: false },
      ...{ createdAt: NOW, lastUsedAt: null },
    });
    const [counting, other] = [passkey(5), passkey(0)];
    for (const one of [counting, other]) await write(database(), (writes) => store.insert(writes, one));
    const use = (one: Passkey, counter: number) =>
      contest((writes) => store.use(writes, one, { counter, synced: false, now: NOW }));
    expect([await use(counting, 5), await use(counting, 6), await use(counting, 6)]).toEqual([0, 1, 0]);
    expect(await use(counting, 0)).toBe(0);
    expect(await use(other, 0)).toBe(100);
    expect(await store.find(counting.id)).toEqual({ ...counting, counter: 6, lastUsedAt: NOW });
  });

  it('a password is replaced by one of 100 who saw the same one', async () => {
    const store = new PasswordStore(database());
    const accountId = id();
    await write(database(), (writes) => store.set(writes, accountId, 'first', NOW));
    const replaced = await contest((writes, index) =>
      store.replace(writes, accountId, { from: 'first', to: `next ${index}`, now: NOW + 1 }),
    );
    expect(replaced).toBe(1);
    expect(await store.find(accountId)).toMatchObject({ changedAt: NOW + 1, configuredMark: null });
  });
}
