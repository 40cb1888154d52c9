import type { OpenDatabase } from '@valetkey/persistence';
import { ConditionFailed, WriteSet } from '@valetkey/persistence';
import { race } from '@valetkey/testing';
import type { AccountsNode } from '../ground.contract.js';
import { accountsNode, HOUR, newMember, newPerson, NOW, PASSWORD, setEnabled } from '../ground.contract.js';
import type { Session } from '../domain/session.js';

const HERE = { address: '192.0.2.7', userAgent: 'Browser/1' };

/** Which clients hear of the end of which sessions. */
export function sessionClientsContract(open: () => OpenDatabase): void {
  let node: AccountsNode;
  beforeEach(() => void (node = accountsNode(open())));
  const by = (accountId: string) => ({ accountId, authTime: node.clock.now(), acr: 'urn:x', amr: ['pwd'] });
  const noteOn = ({ sessionClients, clock }: AccountsNode, session: Session, clientId: string) => {
    const writes = new WriteSet();
    sessionClients.rely(writes, session, { listener: clientId, now: clock.now() });
    return open().database.commit(writes);
  };
  /** A session that the client `shop` knows of. */
  const known = async (accountId: string) => {
    const { session, value } = await node.sessions.begin(by(accountId), HERE);
    await noteOn(node, session, 'shop');
    return { session, value };
  };
  const dueOf = async ({ id }: Session) => {
    const due = ['club', 'shop'].map((clientId) => node.endNotices.dueOf(clientId, node.clock.now(), 10_000));
    return (await Promise.all(due)).flat().filter(({ sessionId }) => sessionId === id);
  };

  it('OC-08 nobody hears of a session that lives, nor twice of one', async () => {
    const { session } = await known((await newPerson(open())).id);
    await noteOn(node, session, 'shop');
    await noteOn(node, session, 'club');
    expect(await dueOf(session)).toEqual([]);
    await node.sessions.end(session.id, session.accountId);
    const notice = { sessionId: session.id, accountId: session.accountId, attempts: 0, dueAt: NOW };
    expect(await dueOf(session)).toEqual([
      { ...notice, clientId: 'club' },
      { ...notice, clientId: 'shop' },
    ]);
  });

  it.each<[string, (session: Session, accountId: string) => Promise<unknown>]>([
    ['she ends it', (session, accountId) => node.sessions.end(session.id, accountId)],
    ['she ends all', (_, accountId) => node.sessions.endAll(accountId)],
    ['she ends all others', (_, accountId) => node.sessions.endAll(accountId, 's_other')],
    ['the account is disabled', (_, id) => setEnabled(open(), id, false).then(() => node.sessions.endOfDisabled())],
    [
      'another person signs in at the browser',
      async (session) => node.sessions.begin(by((await newPerson(open())).id), HERE, session),
    ],
    [
      'it is over',
      async () => {
        node.clock.time += 13 * HOUR;
        while ((await node.expiry.expire(node.clock.time, 20)) > 0);
      },
    ],
  ])('OC-08, 224 clients hear when %s', async (_, end) => {
    const { id } = await newPerson(open());
    const { session } = await known(id);
    const other = await known((await newPerson(open())).id);
    const day = node.clock.time + 13 * HOUR;
    await end(session, id);
    expect(await dueOf(session)).toMatchObject([{ clientId: 'shop', attempts: 0 }]);
    if (node.clock.time < day) expect(await dueOf(other.session)).toEqual([]);
  });

  it('OC-08, 224 clients hear when she has a new password by her own change and by recovery', async () => {
    const person = await newMember(open(), node);
    const changed = await known(person.id);
    await node.passwords.change(person, { current: PASSWORD, next: `${PASSWORD} too` });
    expect(await dueOf(changed.session)).toHaveLength(1);
    const recovered = await known(person.id);
    node.requests.request(person.username, HERE.address, (_, link) => ({ subject: 'x', text: link }));
    await node.requests.settled();
    const link = node.mail.sent.at(-1)?.text ?? '';
    await node.recovery.complete(link, `${PASSWORD} three`);
    expect(await dueOf(recovered.session)).toHaveLength(1);
  });

  it('OC-08 a sign-in anew in the same browser ends nothing that clients know', async () => {
    const { id } = await newPerson(open());
    const { session } = await known(id);
    await node.sessions.begin(by(id), HERE, session);
    expect(await dueOf(session)).toEqual([]);
  });

  it('OC-08 of a session that has ended no client is noted', async () => {
    const { session } = await known((await newPerson(open())).id);
    await node.sessions.end(session.id, session.accountId);
    await expect(noteOn(node, session, 'late')).rejects.toThrow(ConditionFailed);
    expect(await dueOf(session)).toHaveLength(1);
  });

  it('OC-08 60 times noted and ended at once: whoever was noted hears', async () => {
    const outcomes = await race(60, async () => {
      const { session } = await node.sessions.begin(by((await newPerson(open())).id), HERE);
      const [noted] = await Promise.allSettled([
        noteOn(node, session, 'shop'),
        node.sessions.end(session.id, session.accountId),
      ]);
      return { isNoted: noted.status === 'fulfilled', due: (await dueOf(session)).length };
    });
    for (const { isNoted, due } of outcomes) expect(due).toBe(isNoted ? 1 : 0);
  });

  it('OC-08 20 nodes take one attempt at once: one has it, and it is due again later', async () => {
    const { session } = await known((await newPerson(open())).id);
    await node.sessions.end(session.id, session.accountId);
    const [notice] = await dueOf(session);
    if (!notice) throw new Error('nothing is due');
    const taken = await race(20, () => {
      const writes = new WriteSet();
      node.endNotices.claim(writes, notice, NOW + 2000);
      return open().database.tryCommit(writes);
    });
    expect(taken.filter(Boolean)).toHaveLength(1);
    expect(await dueOf(session)).toEqual([]);
    node.clock.time = NOW + 2000;
    const [again] = await dueOf(session);
    expect(again).toEqual({ ...notice, attempts: 1, dueAt: NOW + 2000 });
    const writes = new WriteSet();
    node.endNotices.remove(writes, notice);
    await open().database.commit(writes);
    expect(await dueOf(session)).toEqual([]);
  });
}
