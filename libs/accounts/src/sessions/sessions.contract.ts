import type { OpenDatabase } from '@valetkey/persistence';
import { race } from '@valetkey/testing';
import type { AccountsNode } from '../ground.contract.js';
import { accountsNode, HOUR, MINUTE, newMember, newPerson, NOW, PASSWORD, setEnabled } from '../ground.contract.js';
import { SignInOutdated } from './sessions.service.js';

const HERE = { address: '192.0.2.7', userAgent: 'Browser/1' };

/** Sign-in sessions. */
export function sessionsContract(open: () => OpenDatabase): void {
  let node: AccountsNode;
  beforeEach(() => void (node = accountsNode(open())));
  const by = (accountId: string) => ({ accountId, authTime: node.clock.now(), acr: 'urn:x', amr: ['pwd', 'otp'] });
  const begin = async () => {
    const person = await newPerson(open());
    return { person, ...(await node.sessions.begin(by(person.id), HERE)) };
  };

  it('are found by their value and by nothing else that is stored or known (attack class 240)', async () => {
    const { value, session, person } = await begin();
    expect(value).toMatch(/^vk_ss_/);
    expect(await node.sessions.find(value)).toEqual(session);
    expect(session).toMatchObject({ accountId: person.id, authTime: NOW, acr: 'urn:x', amr: ['pwd', 'otp'], ...HERE });
    const rows = (await open().dataSource.query(
      `SELECT * FROM sign_in_session WHERE account_id = '${person.id}'`,
    )) as Record<string, unknown>[];
    expect(rows).toHaveLength(1);
    for (const stored of Object.values(rows[0] ?? {}).map(String)) {
      if (stored.length > 8) expect(value).not.toContain(stored);
      expect(await node.sessions.find(stored)).toBeUndefined();
    }
    for (const wrong of [undefined, '', session.id, `${value} `, value.slice(0, -1)])
      expect(await node.sessions.find(wrong)).toBeUndefined();
  });

  it('end when nobody used them for the idle time, and go on when somebody did', async () => {
    const { value } = await begin();
    for (let step = 0; step < 5; step += 1) {
      node.clock.time += 29 * MINUTE;
      expect((await node.sessions.find(value))?.expiresAt).toBe(node.clock.time + 30 * MINUTE);
    }
    node.clock.time += 30 * MINUTE;
    expect(await node.sessions.find(value)).toBeUndefined();
  });

  it('end after the absolute time however much they are used', async () => {
    const { value } = await begin();
    for (node.clock.time += 20 * MINUTE; node.clock.time < NOW + 12 * HOUR; node.clock.time += 20 * MINUTE)
      expect(await node.sessions.find(value)).toBeDefined();
    node.clock.time = NOW + 12 * HOUR;
    expect(await node.sessions.find(value)).toBeUndefined();
  });

  it('222 end after the absolute time since the last true sign-in, whatever made them stronger or new meanwhile', async () => {
    const { person, session } = await begin();
    node.clock.time += 20 * MINUTE;
    const stronger = await node.sessions.begin({ ...by(person.id), authTime: session.authTime }, HERE, session);
    const { value, session: again } = await node.sessions.begin({ ...stronger.session }, HERE, stronger.session);
    const end = NOW + 12 * HOUR;
    for (node.clock.time += 20 * MINUTE; node.clock.time < end; node.clock.time += 20 * MINUTE)
      expect(await node.sessions.find(value)).toBeDefined();
    node.clock.time = end - 1;
    expect((await node.sessions.find(value))?.expiresAt).toBe(end);
    // With the first factor once more it is a sign-in of now.
    const anew = await node.sessions.begin(by(person.id), HERE, again);
    node.clock.time = end;
    expect([await node.sessions.find(value), await node.sessions.find(anew.value)]).toEqual([
      undefined,
      expect.objectContaining({ id: session.id }),
    ]);
  });

  it('note their use once a minute at most', async () => {
    const { value } = await begin();
    node.clock.time += MINUTE - 1;
    expect((await node.sessions.find(value))?.lastSeenAt).toBe(NOW);
    node.clock.time += 1;
    expect((await node.sessions.find(value))?.lastSeenAt).toBe(NOW + MINUTE);
  });

  it('222 a sign-in makes a new value and ends the one from before; the sid goes on for the same person', async () => {
    const first = await begin();
    const again = await node.sessions.begin(by(first.person.id), HERE, first.session);
    expect(again.session.id).toBe(first.session.id);
    expect(await node.sessions.find(first.value)).toBeUndefined();
    expect(await node.sessions.find(again.value)).toEqual(again.session);
    const other = await newPerson(open());
    const changed = await node.sessions.begin(by(other.id), HERE, again.session);
    expect(changed.session.id).not.toBe(again.session.id);
    expect(await node.sessions.find(again.value)).toBeUndefined();
  });

  it('222 100 sign-ins that replace one session at once: each has its own, and the replaced one is gone', async () => {
    const first = await begin();
    const begun = await race(100, () => node.sessions.begin(by(first.person.id), HERE, first.session));
    expect(new Set(begun.map(({ session }) => session.id)).size).toBe(100);
    expect(new Set(begun.map(({ value }) => value)).size).toBe(100);
    expect(await node.sessions.find(first.value)).toBeUndefined();
  });

  it('224 end one by one, all at once, and never those of others', async () => {
    const [one, other] = [await begin(), await begin()];
    expect(await node.sessions.end(one.session.id, other.person.id)).toBe(false);
    expect(await node.sessions.find(one.value)).toBeDefined();
    expect(await node.sessions.end(one.session.id, one.person.id)).toBe(true);
    expect(await node.sessions.end(one.session.id, one.person.id)).toBe(false);
    expect(await node.sessions.find(one.value)).toBeUndefined();
    const more = await Promise.all([1, 2, 3].map(() => node.sessions.begin(by(other.person.id), HERE)));
    expect(await node.sessions.endAll(other.person.id, other.session.id)).toBe(3);
    expect(await node.sessions.find(other.value)).toBeDefined();
    expect(await Promise.all(more.map(({ value }) => node.sessions.find(value)))).toEqual(more.map(() => undefined));
    expect(await node.sessions.endAll(other.person.id)).toBe(1);
  });

  it('are paged, newest first, without those that ended', async () => {
    const { person, session } = await begin();
    const ids = [session.id];
    for (let step = 0; step < 4; step += 1) {
      node.clock.time += 1000;
      ids.unshift((await node.sessions.begin(by(person.id), HERE)).session.id);
    }
    const first = await node.sessions.page(person.id, { limit: 3 });
    expect(first.items.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    const rest = await node.sessions.page(person.id, { limit: 3, after: first.next ?? '' });
    expect([rest.items.map(({ id }) => id), rest.next]).toEqual([ids.slice(3), undefined]);
    expect(Object.keys(first.items[0] ?? {})).not.toContain('endsAt');
    node.clock.time = NOW + 30 * MINUTE;
    expect((await node.sessions.page(person.id, { limit: 9 })).items.map(({ id }) => id)).toEqual(ids.slice(0, 4));
  });

  it('224 of a disabled account are not found on any node, and begin for nobody disabled', async () => {
    const { person, value } = await begin();
    await setEnabled(open(), person.id, false);
    expect(await node.sessions.find(value)).toBeUndefined();
    expect(await accountsNode(open()).sessions.find(value)).toBeUndefined();
    await expect(node.sessions.begin(by(person.id), HERE)).rejects.toThrow(SignInOutdated);
    await node.sessions.endOfDisabled();
    await setEnabled(open(), person.id, true);
    expect(await node.sessions.find(value)).toBeUndefined();
  });

  it('224 a sign-in by the former password begins no session: 40 times, change and sign-in at once', async () => {
    const left = await race(40, async () => {
      const person = await newPerson(open());
      await node.configured.apply(person.id, PASSWORD);
      const signedIn = by(person.id);
      const later = accountsNode(open());
      later.clock.time = NOW + 1;
      const [begun] = await Promise.allSettled([
        node.sessions.begin(signedIn, HERE),
        later.configured.apply(person.id, `${PASSWORD} too`),
      ]);
      return begun.status === 'fulfilled' ? await node.sessions.find(begun.value.value) : undefined;
    });
    expect(left.filter((session) => session !== undefined)).toEqual([]);
  });

  it('224 a code given after the change does not make the former password good', async () => {
    const person = await newPerson(open());
    await node.configured.apply(person.id, PASSWORD);
    const firstFactorAt = node.clock.now();
    node.clock.time += 1;
    await node.configured.apply(person.id, `${PASSWORD} too`);
    node.clock.time += 1;
    const signedIn = by(person.id);
    await expect(node.sessions.begin({ ...signedIn, firstFactorAt }, HERE)).rejects.toThrow(SignInOutdated);
    const { session } = await node.sessions.begin({ ...signedIn, firstFactorAt: node.clock.now() }, HERE);
    expect(Object.keys(session)).not.toContain('firstFactorAt');
  });

  it('have at most a hundred an account, and tell what the browser said without control characters, cut', async () => {
    const person = await newMember(open(), node);
    const where = { address: 'x'.repeat(900), userAgent: '\u0000\u001b[1m<b>'.repeat(99) };
    for (let count = 0; count < 103; count += 1) {
      node.clock.time += 1;
      await node.sessions.begin(by(person.id), where);
    }
    const { items } = await node.sessions.page(person.id, { limit: 200 });
    expect(items).toHaveLength(100);
    expect(items[0]?.createdAt).toBe(node.clock.time);
    for (const { address, userAgent } of items) {
      expect([address.length, userAgent.length]).toEqual([64, 256]);
      expect(userAgent).toMatch(/^\P{Cc}*$/u);
    }
  });

  it('leave the database when they have ended, in batches, and none that lives', async () => {
    const [dead, living] = [await begin(), await begin()];
    node.clock.time = NOW + 31 * MINUTE - 1;
    await open().dataSource.query(
      `UPDATE sign_in_session SET expires_at = ${NOW + HOUR} WHERE id = '${living.session.id}'`,
    );
    while ((await node.expiry.expire(node.clock.time, 20)) > 0);
    const rows: unknown = await open().dataSource.query(
      `SELECT id FROM sign_in_session WHERE id IN ('${dead.session.id}', '${living.session.id}')`,
    );
    expect(rows).toEqual([{ id: living.session.id }]);
  });
}
