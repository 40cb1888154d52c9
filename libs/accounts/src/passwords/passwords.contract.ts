import type { OpenDatabase } from '@valetkey/persistence';
import { race } from '@valetkey/testing';
import type { Person } from '../domain/person.js';
import type { AccountsNode } from '../ground.contract.js';
import { accountsNode, HOUR, MINUTE, newMember, newPerson, NOW, PASSWORD } from '../ground.contract.js';

const OTHER = 'eight large ships in port';
const HOME = '192.0.2.7';

/** Changing, configuring and recovering passwords. */
export function passwordsContract(open: () => OpenDatabase): void {
  let node: AccountsNode;
  beforeEach(() => void (node = accountsNode(open())));
  const begin = (accountId: string) =>
    node.sessions.begin({ accountId, authTime: NOW, acr: 'x', amr: ['pwd'] }, { address: HOME, userAgent: '' });
  const signsIn = async ({ username }: Person, password: string) =>
    (await node.signIn.attempt(username, password, HOME)).outcome === 'accepted';

  describe('a change', () => {
    it('224 needs the present password, and ends every session but the one it is made in', async () => {
      const alice = await newMember(open(), node);
      const [here, there] = [await begin(alice.id), await begin(alice.id)];
      const wrong = await node.passwords.change(alice, { current: OTHER, next: OTHER }, here.session.id);
      expect(wrong).toEqual({ outcome: 'refused' });
      expect(await node.sessions.find(there.value)).toBeDefined();
      const right = await node.passwords.change(alice, { current: PASSWORD, next: OTHER }, here.session.id);
      expect(right).toEqual({ outcome: 'changed' });
      expect([await node.sessions.find(here.value), await node.sessions.find(there.value)]).toEqual([
        here.session,
        undefined,
      ]);
      expect([await signsIn(alice, PASSWORD), await signsIn(alice, OTHER)]).toEqual([false, true]);
      // Once by the operator who set the first, once by herself.
      expect(node.results.voided).toEqual([alice.id, alice.id]);
    });

    it('keeps the policy and changes nothing otherwise', async () => {
      const alice = await newMember(open(), node);
      for (const [next, problem] of [
        ['short', 'too_short'],
        ['password1234', 'too_common'],
        [alice.email ?? '', 'like_name'],
      ])
        expect(await node.passwords.change(alice, { current: PASSWORD, next: next ?? '' })).toEqual({
          outcome: 'unsuitable',
          problem,
        });
      expect(await signsIn(alice, PASSWORD)).toBe(true);
    });

    it('is refused to accounts without a password', async () => {
      const alice = await newPerson(open());
      expect(await node.passwords.change(alice, { current: '', next: OTHER })).toEqual({ outcome: 'refused' });
      expect(await node.passwords.changedAt(alice.id)).toBeUndefined();
    });

    it('of those that are made at once exactly one succeeds', async () => {
      const alice = await newMember(open(), node);
      const change = (index: number) => node.passwords.change(alice, { current: PASSWORD, next: `${OTHER} ${index}` });
      const tried = await race(40, change);
      expect(tried.filter(({ outcome }) => outcome === 'changed')).toHaveLength(1);
    });

    it('230 guesses at the present password are slowed', async () => {
      const alice = await newMember(open(), node);
      const tried: string[] = [];
      for (let count = 0; count < 6; count += 1)
        tried.push((await node.passwords.change(alice, { current: 'a guess', next: OTHER })).outcome);
      expect(tried).toEqual([...Array<string>(5).fill('refused'), 'wait']);
      expect(await signsIn(alice, PASSWORD)).toBe(true);
    });
  });

  describe('a configured password', () => {
    it('is applied once: what the person sets later stays until another one is configured', async () => {
      const alice = await newPerson(open());
      expect(await node.configured.apply(alice.id, PASSWORD)).toBe(true);
      const { value } = await begin(alice.id);
      expect(await node.configured.apply(alice.id, PASSWORD)).toBe(false);
      expect(await node.sessions.find(value)).toBeDefined();
      await node.passwords.change(alice, { current: PASSWORD, next: OTHER });
      expect(await node.configured.apply(alice.id, PASSWORD)).toBe(false);
      expect(await signsIn(alice, OTHER)).toBe(true);
      expect(await node.configured.apply(alice.id, 'nine old steamers at dock')).toBe(true);
      expect([await signsIn(alice, OTHER), await signsIn(alice, 'nine old steamers at dock')]).toEqual([false, true]);
    });

    it('241 stands in the database neither as text nor as a digest that somebody else can make', async () => {
      const [one, other] = [await newPerson(open()), await newPerson(open())];
      for (const { id } of [one, other]) await node.configured.apply(id, PASSWORD);
      const [first, second] = [await node.passwordStore.find(one.id), await node.passwordStore.find(other.id)];
      expect(first?.hash).toMatch(/^\$argon2id\$/);
      expect(first?.hash).not.toBe(second?.hash);
      expect(first?.configuredMark).not.toBe(second?.configuredMark);
    });
  });

  describe('recovery', () => {
    const linkOf = async (person: Person, name = person.email ?? ''): Promise<string | undefined> => {
      const before = node.mail.sent.length;
      node.requests.request(name, HOME, (to, value) => ({ subject: `For ${to.name}`, text: value }));
      await node.requests.settled();
      const mail = node.mail.sent[before];
      if (mail) expect(mail).toMatchObject({ to: person.email, subject: `For ${person.name}` });
      return mail?.text;
    };

    it('231 sets a new password once, ends all sessions and signs nobody in', async () => {
      const alice = await newMember(open(), node);
      const { value } = await begin(alice.id);
      const link = (await linkOf(alice)) ?? '';
      expect(link).toMatch(/^vk_rl_/);
      expect([await node.recovery.isUsable(link), await node.recovery.isUsable(link)]).toEqual([true, true]);
      expect(await node.recovery.complete(link, 'short')).toEqual({ outcome: 'unsuitable', problem: 'too_short' });
      expect(await node.recovery.complete(link, OTHER)).toEqual({ outcome: 'changed', person: alice });
      expect(await node.recovery.complete(link, PASSWORD)).toEqual({ outcome: 'refused' });
      expect(await node.recovery.isUsable(link)).toBe(false);
      expect(await node.sessions.find(value)).toBeUndefined();
      expect([await signsIn(alice, PASSWORD), await signsIn(alice, OTHER)]).toEqual([false, true]);
    });

    it('231 of 40 uses of one link at once exactly one succeeds', async () => {
      const alice = await newMember(open(), node);
      const link = (await linkOf(alice)) ?? '';
      const tried = await race(40, (index) => node.recovery.complete(link, `${OTHER} ${index}`));
      expect(tried.filter(({ outcome }) => outcome === 'changed')).toHaveLength(1);
      const winner = tried.findIndex(({ outcome }) => outcome === 'changed');
      expect(await signsIn(alice, `${OTHER} ${winner}`)).toBe(true);
    });

    it('231 a link ends after fifteen minutes, by another one, and by a change of the password', async () => {
      const alice = await newMember(open(), node);
      const first = (await linkOf(alice)) ?? '';
      const second = (await linkOf(alice)) ?? '';
      expect([await node.recovery.isUsable(first), await node.recovery.isUsable(second)]).toEqual([false, true]);
      await node.passwords.change(alice, { current: PASSWORD, next: OTHER });
      expect(await node.recovery.isUsable(second)).toBe(false);
      const third = (await linkOf(alice)) ?? '';
      node.clock.time = NOW + 15 * MINUTE - 1;
      expect(await node.recovery.isUsable(third)).toBe(true);
      node.clock.time += 1;
      expect(await node.recovery.complete(third, PASSWORD)).toEqual({ outcome: 'refused' });
    });

    it('230 231 asking says nothing and mails nothing for nobody, the disabled and those without address', async () => {
      const disabled = await newMember(open(), node, { enabled: false });
      const silent = await newMember(open(), node, { email: null });
      for (const name of [disabled.username, silent.username, `nobody-${silent.id}@example.org`, '', 'x'.repeat(9999)])
        expect(await linkOf(silent, name)).toBeUndefined();
      expect(node.mail.sent).toEqual([]);
    });

    it('231 mails few to one account and for one network', async () => {
      const alice = await newMember(open(), node);
      const sent: boolean[] = [];
      for (let count = 0; count < 6; count += 1) sent.push((await linkOf(alice)) !== undefined);
      expect(sent).toEqual([true, true, true, false, false, false]);
    });

    it('231 is no way in for a value of another kind, a shortened one or a guess', async () => {
      const alice = await newMember(open(), node);
      const link = (await linkOf(alice)) ?? '';
      const { value } = await begin(alice.id);
      for (const wrong of [value, link.slice(0, -1), link.toUpperCase(), '', `${link}\u0000`])
        expect(await node.recovery.complete(wrong, OTHER)).toEqual({ outcome: 'refused' });
      expect(await node.recovery.isUsable(link)).toBe(true);
    });

    it('230 ends the waits that strangers caused', async () => {
      const alice = await newMember(open(), node);
      for (let index = 0; index < 30; index += 1)
        await node.signIn.attempt(alice.username, 'a guess', `203.0.${index}.1`);
      expect((await node.signIn.attempt(alice.username, PASSWORD, HOME)).outcome).toBe('wait');
      const link = (await linkOf(alice)) ?? '';
      await node.recovery.complete(link, OTHER);
      expect(await signsIn(alice, OTHER)).toBe(true);
    });

    it('240 links leave the database when they have expired, and no value stands there', async () => {
      const alice = await newMember(open(), node);
      const link = (await linkOf(alice)) ?? '';
      const rows = async (): Promise<string> =>
        JSON.stringify(await open().dataSource.query(`SELECT * FROM recovery_link WHERE account_id = '${alice.id}'`));
      expect(await rows()).not.toContain(link.slice(13, 49));
      while ((await node.expiry.expire(NOW + HOUR, 50)) > 0);
      expect(await rows()).toBe('[]');
    });

    it('a relay that takes nothing is an event for the operator, not a failure of the page', async () => {
      const alice = await newMember(open(), node);
      node.mail.send = () => Promise.reject(new Error('the relay is away'));
      node.requests.request(alice.username, HOME, () => ({ subject: 'x', text: 'y' }));
      await node.requests.settled();
      expect(node.events.all.at(-1)).toMatchObject({ event: 'recovery_mail_failed' });
    });
  });

  it('people are found by id, and by a name that is theirs alone', async () => {
    const [alice, bob] = [await newPerson(open()), await newPerson(open(), { email: 'shared@example.org' })];
    await newPerson(open(), { email: 'shared@example.org' });
    const named = await newPerson(open(), { username: `${bob.id}@example.org`, email: alice.email });
    expect(await node.persons.find(alice.id)).toEqual(alice);
    expect(await node.persons.find('nobody')).toBeUndefined();
    expect(await node.persons.findByName(` ${bob.username.toUpperCase()}`)).toEqual(bob);
    expect(await node.persons.findByName('shared@example.org')).toBeUndefined();
    expect(await node.persons.findByName(alice.email ?? '')).toBeUndefined();
    expect(await node.persons.findByName(named.username)).toEqual(named);
  });
}
