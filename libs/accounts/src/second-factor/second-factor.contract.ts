import type { OpenDatabase } from '@valetkey/persistence';
import { race } from '@valetkey/testing';
import { URI } from 'otpauth';
import type { TOTP } from 'otpauth';
import type { Person } from '../domain/person.js';
import type { AccountsNode } from '../ground.contract.js';
import { accountsNode, HOUR, MINUTE, newPerson, newMember, NOW, PASSWORD } from '../ground.contract.js';

const STEP = 30_000;
const SOMEWHERE = { address: '198.51.100.9', device: undefined };

/** One-time codes of an app, and codes on paper. */
export function secondFactorContract(open: () => OpenDatabase): void {
  let node: AccountsNode;
  beforeEach(() => void (node = accountsNode(open())));
  const codeOf = (app: TOTP, timestamp = node.clock.now()) => app.generate({ timestamp });
  const enrolled = async (): Promise<{ alice: Person; app: TOTP }> => {
    const alice = await newPerson(open());
    const app = URI.parse((await node.oneTimeCodes.begin(alice.id)).uri) as TOTP;
    expect(await node.oneTimeCodes.confirm(alice.id, codeOf(app))).toBe(true);
    node.clock.time += STEP;
    return { alice, app };
  };
  const wrong = (app: TOTP) => String((Number(codeOf(app)) + 500_000) % 1_000_000).padStart(6, '0');

  describe('RFC 6238: one-time codes', () => {
    it('count from the first right code on', async () => {
      const alice = await newMember(open(), node);
      const { secret, uri } = await node.oneTimeCodes.begin(alice.id, alice.username);
      expect(uri).toMatch(/^otpauth:\/\/totp\/as\.example:u_[\w-]+\?issuer=as\.example&secret=[A-Z2-7]{32}&/);
      expect(uri).toContain(secret);
      const app = URI.parse(uri) as TOTP;
      expect(await node.oneTimeCodes.isEnrolled(alice.id)).toBe(false);
      expect(await node.oneTimeCodes.attempt(alice.id, codeOf(app), SOMEWHERE)).toBe('refused');
      expect(await node.oneTimeCodes.confirm(alice.id, wrong(app))).toBe(false);
      expect(await node.oneTimeCodes.confirm(alice.id, codeOf(app))).toBe(true);
      expect(await node.oneTimeCodes.isEnrolled(alice.id)).toBe(true);
      expect(await node.signIn.attempt(alice.username, PASSWORD, '192.0.2.1')).toMatchObject({
        needsSecondFactor: true,
      });
    });

    it('RFC 6238 5.2 are taken from the step before to the one after, and no others', async () => {
      for (const [steps, outcome] of [
        [-2, 'refused'],
        [-1, 'accepted'],
        [0, 'accepted'],
        [1, 'accepted'],
        [2, 'refused'],
      ] as const) {
        node.clock.time = NOW;
        const { alice, app } = await enrolled();
        node.clock.time += 10 * STEP;
        expect(await node.oneTimeCodes.attempt(alice.id, codeOf(app, node.clock.time + steps * STEP), SOMEWHERE)).toBe(
          outcome,
        );
      }
    });

    it('RFC 6238 5.2 of 100 uses of one code at once exactly one is accepted', async () => {
      const { alice, app } = await enrolled();
      const nodes = [node, accountsNode(open())];
      for (const one of nodes) one.clock.time = node.clock.time;
      const tried = await race(100, (index) =>
        (nodes[index % 2] as AccountsNode).oneTimeCodes.attempt(alice.id, codeOf(app), SOMEWHERE),
      );
      expect(tried.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    });

    it('RFC 6238 5.2 are never taken again, the confirming one neither, nor older ones', async () => {
      const alice = await newPerson(open());
      const app = URI.parse((await node.oneTimeCodes.begin(alice.id)).uri) as TOTP;
      const first = codeOf(app);
      await node.oneTimeCodes.confirm(alice.id, first);
      expect(await node.oneTimeCodes.attempt(alice.id, first, SOMEWHERE)).toBe('refused');
      node.clock.time += STEP;
      const [second, earlier] = [codeOf(app), first];
      expect(await node.oneTimeCodes.attempt(alice.id, ` ${second.slice(0, 3)} ${second.slice(3)} `, SOMEWHERE)).toBe(
        'accepted',
      );
      for (const code of [second, earlier])
        expect(await node.oneTimeCodes.attempt(alice.id, code, SOMEWHERE)).toBe('refused');
    });

    it('are limited: of 100 guesses at once five are looked at, then one waits longer and longer', async () => {
      const { alice, app } = await enrolled();
      const tried = await race(100, () => node.oneTimeCodes.attempt(alice.id, wrong(app), SOMEWHERE));
      expect(tried.filter((outcome) => outcome === 'refused')).toHaveLength(5);
      const waiting = await node.oneTimeCodes.attempt(alice.id, codeOf(app), SOMEWHERE);
      expect(waiting).toEqual({ until: node.clock.time + 30_000 });
      node.clock.time += 30_000;
      expect(await node.oneTimeCodes.attempt(alice.id, codeOf(app), SOMEWHERE)).toBe('accepted');
    });

    it('tell what the next one meets: tries before a wait, the wait, and one more after it', async () => {
      const { alice, app } = await enrolled();
      const next = () => node.oneTimeCodes.standing(alice.id, SOMEWHERE);
      for (const left of [5, 4, 3, 2, 1]) {
        expect(await next()).toEqual({ left });
        await node.oneTimeCodes.attempt(alice.id, wrong(app), SOMEWHERE);
      }
      expect(await next()).toEqual({ until: node.clock.time + 30_000 });
      node.clock.time += 30_000;
      expect(await next()).toEqual({ left: 1 });
      await node.oneTimeCodes.attempt(alice.id, wrong(app), SOMEWHERE);
      expect(await next()).toEqual({ until: node.clock.time + 60_000 });
    });

    it('230 who knows the password keeps the owner out of no place that she was signed in from, nor gains one by it', async () => {
      const { alice, app } = await enrolled();
      await node.passwords.set(alice, PASSWORD);
      const address = '192.0.2.7';
      const device = await node.places.remember(alice.id, { address, device: undefined });
      const guesses: unknown[] = [];
      for (let index = 0; index < 30; index += 1) {
        const place = { address: `203.0.${index}.9`, device: undefined };
        expect(await node.signIn.attempt(alice.username, PASSWORD, place.address)).toMatchObject({
          outcome: 'accepted',
        });
        guesses.push(await node.oneTimeCodes.attempt(alice.id, wrong(app), place));
      }
      expect(guesses.filter((outcome) => outcome === 'refused')).toHaveLength(5);
      for (const place of [
        { address, device: undefined },
        { address: '203.0.113.77', device },
      ]) {
        expect(await node.oneTimeCodes.attempt(alice.id, wrong(app), place)).toBe('refused');
        node.clock.time += 1;
        expect(await node.oneTimeCodes.attempt(alice.id, codeOf(app), place)).toBe('accepted');
        node.clock.time += STEP;
      }
    });

    it('230, 231 whoever reads her mails gets no new tries at codes by a recovery link', async () => {
      const { alice, app } = await enrolled();
      await node.passwords.set(alice, PASSWORD);
      for (let count = 0; count < 5; count += 1) await node.oneTimeCodes.attempt(alice.id, wrong(app), SOMEWHERE);
      node.requests.request(alice.username, SOMEWHERE.address, (_to, value) => ({ subject: '', text: value }));
      await node.requests.settled();
      const link = node.mail.sent.at(-1)?.text ?? '';
      expect(await node.recovery.complete(link, 'nine green hills in rain')).toMatchObject({ outcome: 'changed' });
      expect(await node.oneTimeCodes.attempt(alice.id, codeOf(app), SOMEWHERE)).toHaveProperty('until');
    });

    it('230 codes tried where an app is set up keep nobody from signing in', async () => {
      const { alice, app } = await enrolled();
      await node.oneTimeCodes.begin(alice.id);
      for (let count = 0; count < 8; count += 1) expect(await node.oneTimeCodes.confirm(alice.id, '12')).toBe(false);
      expect(await node.oneTimeCodes.attempt(alice.id, codeOf(app), SOMEWHERE)).toBe('accepted');
    });

    it.each(['', '12345', '1234567', 'abcdef', '１２３４５６７', '-12345', '12 34', '0x1234'])(
      'are six digits: %j is refused',
      async (code) => {
        const { alice } = await enrolled();
        expect(await node.oneTimeCodes.attempt(alice.id, code, SOMEWHERE)).toBe('refused');
      },
    );

    it('another app takes the place of the first when its first code was right, not before, and not later than 15 minutes', async () => {
      const { alice, app } = await enrolled();
      const other = URI.parse((await node.oneTimeCodes.begin(alice.id)).uri) as TOTP;
      expect(await node.oneTimeCodes.attempt(alice.id, codeOf(app), SOMEWHERE)).toBe('accepted');
      expect(await node.oneTimeCodes.attempt(alice.id, codeOf(other), SOMEWHERE)).toBe('refused');
      node.clock.time += 15 * MINUTE;
      expect(await node.oneTimeCodes.confirm(alice.id, codeOf(other))).toBe(false);
      const third = URI.parse((await node.oneTimeCodes.begin(alice.id)).uri) as TOTP;
      expect(await node.oneTimeCodes.confirm(alice.id, codeOf(third))).toBe(true);
      node.clock.time += STEP;
      expect(await node.oneTimeCodes.attempt(alice.id, codeOf(app), SOMEWHERE)).toBe('refused');
      expect(await node.oneTimeCodes.attempt(alice.id, codeOf(third), SOMEWHERE)).toBe('accepted');
    });

    it('242 secrets stand in the database encrypted, each for its account', async () => {
      const [one, other] = [await newPerson(open()), await newPerson(open())];
      const { secret } = await node.oneTimeCodes.begin(one.id);
      const rows = (await open().dataSource.query(
        `SELECT pending_secret FROM one_time_code_secret WHERE account_id = '${one.id}'`,
      )) as { pending_secret: string }[];
      const sealed = rows[0]?.pending_secret ?? '';
      expect(sealed).toMatch(/^[\w-]{60,}$/);
      expect(Buffer.from(sealed, 'base64url').includes(secret)).toBe(false);
      await open().dataSource.query(
        `INSERT INTO one_time_code_secret (account_id, pending_secret, pending_until) VALUES ('${other.id}', '${sealed}', ${NOW + HOUR})`,
      );
      await expect(node.oneTimeCodes.confirm(other.id, '123456')).rejects.toThrow('another key-encryption key');
    });

    it('are no longer needed when the app is removed', async () => {
      const { alice, app } = await enrolled();
      await node.oneTimeCodes.remove(alice.id);
      expect(await node.oneTimeCodes.isEnrolled(alice.id)).toBe(false);
      expect(await node.oneTimeCodes.attempt(alice.id, codeOf(app), SOMEWHERE)).toBe('refused');
    });
  });

  describe('recovery codes', () => {
    it('are ten, each accepted once however it is spelt, and nobody else’s', async () => {
      const [alice, bob] = [await newPerson(open()), await newPerson(open())];
      const codes = await node.recoveryCodes.renew(alice.id);
      expect(new Set(codes).size).toBe(10);
      for (const code of codes) expect(code).toMatch(/^([0-9a-z]{4}-){3}[0-9a-z]{4}$/);
      const [first = '', second = ''] = codes;
      expect(await node.recoveryCodes.attempt(bob.id, first, SOMEWHERE)).toBe('refused');
      expect(
        await node.recoveryCodes.attempt(alice.id, ` ${first.toUpperCase().replaceAll('-', ' ')}`, SOMEWHERE),
      ).toBe('accepted');
      expect(await node.recoveryCodes.attempt(alice.id, first, SOMEWHERE)).toBe('refused');
      expect(await node.recoveryCodes.count(alice.id)).toBe(9);
      await node.recoveryCodes.renew(alice.id);
      expect(await node.recoveryCodes.attempt(alice.id, second, SOMEWHERE)).toBe('refused');
      await node.recoveryCodes.remove(alice.id);
      expect(await node.recoveryCodes.count(alice.id)).toBe(0);
    });

    it('of 100 uses of one code at once exactly one is accepted', async () => {
      const alice = await newPerson(open());
      const [code = ''] = await node.recoveryCodes.renew(alice.id);
      const tried = await race(100, () => node.recoveryCodes.attempt(alice.id, code, SOMEWHERE));
      expect(tried.filter((outcome) => outcome === 'accepted')).toHaveLength(1);
    });

    it('share their limit with the codes of the app, and stand in the database as digests', async () => {
      const { alice, app } = await enrolled();
      const [code = ''] = await node.recoveryCodes.renew(alice.id);
      for (let count = 0; count < 5; count += 1)
        expect(await node.recoveryCodes.attempt(alice.id, 'aaaa-bbbb-cccc-dddd', SOMEWHERE)).toBe('refused');
      expect(await node.oneTimeCodes.attempt(alice.id, codeOf(app), SOMEWHERE)).toHaveProperty('until');
      const rows = JSON.stringify(await open().dataSource.query('SELECT hash FROM recovery_code'));
      expect(rows).not.toContain(code.replaceAll('-', ''));
    });
  });
}
