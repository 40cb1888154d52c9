import type { OpenDatabase } from '@valetkey/persistence';
import { race } from '@valetkey/testing';
import fc from 'fast-check';
import { FROM_ONE_NETWORK, FROM_ONE_PLACE, FROM_UNKNOWN_PLACES, mostInAnHour } from '../domain/attempt-rule.js';
import type { Person } from '../domain/person.js';
import type { AccountsNode } from '../ground.contract.js';
import {
  accountsNode,
  cameIn,
  HOUR,
  MINUTE,
  newMember,
  newPerson,
  NOW,
  OPTIONS,
  PASSWORD,
} from '../ground.contract.js';

const WRONG = 'a wrong guess of somebody';
const HOME = '192.0.2.7';
const ELSEWHERE = '198.51.100.9';

/** Microseconds of CPU, the hasher's threads included: how long that takes by the clock depends on what else the machine does. */
async function workOf(attempt: () => Promise<unknown>): Promise<number> {
  const start = process.cpuUsage();
  await attempt();
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

/** Signing in by password, and what slows guessing. */
export function passwordSignInContract(open: () => OpenDatabase): void {
  let node: AccountsNode;
  beforeEach(async () => {
    node = accountsNode(open());
    // What the test before counted for the same networks, perhaps at a later time.
    await open().dataSource.query('DELETE FROM attempt_counter');
  });
  const outcomes = async (count: number, attempt: (index: number) => ReturnType<AccountsNode['signIn']['attempt']>) => {
    const list: string[] = [];
    for (let index = 0; index < count; index += 1) list.push((await attempt(index)).outcome);
    return list;
  };

  it('accepts user name or e-mail address, whatever their spelling, and says what else is needed', async () => {
    const alice = await newMember(open(), node);
    for (const name of [alice.username, ` ${alice.username.toUpperCase()} `, alice.email ?? '']) {
      const outcome = await node.signIn.attempt(name, PASSWORD, HOME);
      expect(outcome).toMatchObject({ outcome: 'accepted', person: alice, needsSecondFactor: false, authTime: NOW });
    }
    expect((await node.signIn.attempt(alice.username, PASSWORD.toUpperCase(), HOME)).outcome).toBe('refused');
  });

  it('takes a password however the keyboard composed it, and never a part of it', async () => {
    const alice = await newPerson(open());
    await node.passwords.set(alice, 'd\u00e9j\u00e0 vu à la carte');
    expect(
      await outcomes(1, () => node.signIn.attempt(alice.username, 'de\u0301ja\u0300 vu à la carte', HOME)),
    ).toEqual(['accepted']);
    const long = 'long and longer '.repeat(8);
    await node.passwords.set(alice, long);
    for (const [password, outcome] of [
      [long, 'accepted'],
      [`${long}x`, 'refused'],
      [long.slice(0, 72), 'refused'],
      ['x'.repeat(1_000_000), 'refused'],
    ] as const)
      expect((await node.signIn.attempt(alice.username, password, HOME)).outcome).toBe(outcome);
  });

  it('230 answers alike for unknown, disabled and known accounts, for those without password and for nothing at all', async () => {
    const [known, disabled, none] = [
      await newMember(open(), node),
      await newMember(open(), node, { enabled: false }),
      await newPerson(open()),
    ];
    const answers = [
      await node.signIn.attempt(known.username, WRONG, HOME),
      await node.signIn.attempt(disabled.username, PASSWORD, HOME),
      await node.signIn.attempt(none.username, PASSWORD, HOME),
      await node.signIn.attempt(`nobody-${known.id}`, PASSWORD, HOME),
      await node.signIn.attempt(known.username, '', HOME),
      await node.signIn.attempt('', PASSWORD, HOME),
      await node.signIn.attempt('x'.repeat(10_000), PASSWORD, HOME),
      await node.signIn.attempt('nul\u0000', PASSWORD, HOME),
    ];
    expect(answers).toEqual(answers.map(() => ({ outcome: 'refused' })));
    const reasons = node.events.all.filter(({ event }) => event === 'sign_in_refused').map(({ reason }) => reason);
    expect(reasons.slice(0, 4)).toEqual(['wrong_password', 'account_disabled', 'no_password', 'unknown_account']);
    expect(JSON.stringify(node.events.all)).not.toContain(PASSWORD);
  });

  it.each([
    ['of today', 8, 2],
    ['from before it became stricter', 2, 1],
    ['from before it became laxer', 12, 3],
  ])(
    '230 takes the same time for nobody and a wrong password kept by the policy %s',
    async (_when, mib, iterations) => {
      const kept = { passwordMemory: mib * 1024 * 1024, passwordIterations: iterations };
      const alice = await newMember(open(), accountsNode(open(), { ...OPTIONS, ...kept }));
      const slow = accountsNode(open(), { ...OPTIONS, passwordMemory: 8 * 1024 * 1024, passwordIterations: 2 });
      await slow.signIn.prepare();
      const timed = async (name: string): Promise<number> => {
        // Each from a network and under a spelling of its own would be throttled: a far later time is not.
        slow.clock.time += 2 * HOUR;
        return workOf(() => slow.signIn.attempt(name, WRONG, HOME));
      };
      const samples: [number, number][] = [];
      for (let round = 0; round < 40; round += 1)
        samples.push([await timed(alice.username), await timed(`no-${alice.id}`)]);
      // A busy machine makes some costly, and none cheap.
      const quick = (place: 0 | 1) => samples.map((pair) => pair[place]).sort((a, b) => a - b)[4] as number;
      // Without a hash computed for nobody it would be a tenth.
      expect(quick(1) / quick(0)).toBeGreaterThan(0.7);
      expect(quick(1) / quick(0)).toBeLessThan(1.4);
    },
  );

  it('230 takes the same time for nobody before the first account from before the policy became laxer is met', async () => {
    const costly = { ...OPTIONS, passwordMemory: 12 * 1024 * 1024, passwordIterations: 3 };
    const alice = await newMember(open(), accountsNode(open(), costly));
    const quickest = { nobody: Infinity, alice: Infinity };
    for (let round = 0; round < 10; round += 1) {
      const started = accountsNode(open());
      started.clock.time += (round + 1) * 2 * HOUR;
      await started.signIn.prepare();
      for (const [who, name] of [
        ['nobody', `no-${alice.id}`],
        ['alice', alice.username],
      ] as const) {
        quickest[who] = Math.min(quickest[who], await workOf(() => started.signIn.attempt(name, WRONG, HOME)));
      }
    }
    expect(quickest.nobody / quickest.alice).toBeGreaterThan(0.7);
    expect(quickest.nobody / quickest.alice).toBeLessThan(1.4);
  });

  it('230 a wait after five failures from one place, for nobody as for a person, and longer after each further one', async () => {
    const alice = await newMember(open(), node);
    for (const name of [alice.username, `nobody-${alice.id}`]) {
      node.clock.time = NOW;
      expect(await outcomes(5, () => node.signIn.attempt(name, WRONG, HOME))).toEqual(Array(5).fill('refused'));
      const waits: number[] = [];
      for (let round = 0; round < 7; round += 1) {
        const outcome = await node.signIn.attempt(name, WRONG, HOME);
        if (outcome.outcome !== 'wait') throw new Error(outcome.outcome);
        waits.push((outcome.until - node.clock.time) / MINUTE);
        node.clock.time = outcome.until - 1;
        expect((await node.signIn.attempt(name, WRONG, HOME)).outcome).toBe('wait');
        node.clock.time = outcome.until;
        expect((await node.signIn.attempt(name, WRONG, HOME)).outcome).toBe('refused');
      }
      expect(waits).toEqual([0.5, 1, 2, 4, 8, 15, 15]);
    }
  });

  it('230 a person who mistyped and then remembers is let in, and starts anew after an hour', async () => {
    const alice = await newMember(open(), node);
    expect(await outcomes(4, () => node.signIn.attempt(alice.username, WRONG, HOME))).toEqual(Array(4).fill('refused'));
    expect((await node.signIn.attempt(alice.username, PASSWORD, HOME)).outcome).toBe('accepted');
    node.clock.time += HOUR;
    expect(await outcomes(5, () => node.signIn.attempt(alice.username, WRONG, HOME))).toEqual(Array(5).fill('refused'));
  });

  it('230 strangers from everywhere lock nobody out of a known network or of a remembered device', async () => {
    const alice = await newMember(open(), node);
    const device = await cameIn(node, alice, HOME);
    expect(device).toMatch(/^vk_dv_/);
    const attack = await outcomes(60, (index) => node.signIn.attempt(alice.username, WRONG, `203.0.${index}.9`));
    expect(attack.filter((outcome) => outcome === 'refused')).toHaveLength(20);
    expect(attack.at(-1)).toBe('wait');
    const tries = [
      [ELSEWHERE, undefined, ''],
      [HOME, undefined, expect.stringMatching(/^vk_dv_/)],
      [ELSEWHERE, device, device],
      // Now that network is known, too.
      [ELSEWHERE, undefined, expect.stringMatching(/^vk_dv_/)],
      ['203.0.113.200', `${device}x`, ''],
    ] as const;
    for (const [address, shown, kept] of tries) expect(await cameIn(node, alice, address, shown)).toEqual(kept);
    expect(await cameIn(node, alice, HOME, device)).toBe(device);
  });

  it('230 the device of one account is nothing to another', async () => {
    const [alice, mallory] = [await newMember(open(), node), await newMember(open(), node)];
    const device = await cameIn(node, mallory, ELSEWHERE);
    const attack = await outcomes(60, (index) =>
      node.signIn.attempt(alice.username, WRONG, `203.0.${index}.9`, device),
    );
    expect(attack.filter((outcome) => outcome === 'refused')).toHaveLength(20);
  });

  it('230 one network tries few names, and leaves few rows; known devices and other networks go on', async () => {
    const alice = await newMember(open(), node);
    const device = await cameIn(node, alice, HOME);
    const rows = () => open().dataSource.query('SELECT key FROM attempt_counter') as Promise<unknown[]>;
    const before = (await rows()).length;
    const names = await outcomes(200, (index) => node.signIn.attempt(`name-${index}-${alice.id}`, WRONG, HOME));
    const { free } = FROM_ONE_NETWORK;
    expect(names).toEqual([...Array<string>(free).fill('refused'), ...Array<string>(200 - free).fill('wait')]);
    expect((await rows()).length - before).toBeLessThanOrEqual(2 * free + 1);
    // A name that exists is no exception, even where its owner was: else the wait would tell which do.
    expect(await outcomes(1, () => node.signIn.attempt(alice.username, PASSWORD, HOME))).toEqual(['wait']);
    expect(await outcomes(1, () => node.signIn.attempt(alice.username, PASSWORD, HOME, device))).toEqual(['accepted']);
    expect(await outcomes(1, () => node.signIn.attempt(alice.username, PASSWORD, ELSEWHERE))).toEqual(['accepted']);
  });

  it('230 right sign-ins of one network count for nothing: a whole house can come', async () => {
    const alice = await newMember(open(), node);
    const count = 2 * FROM_ONE_NETWORK.free;
    expect(await outcomes(count, () => node.signIn.attempt(alice.username, PASSWORD, HOME))).toEqual(
      Array(count).fill('accepted'),
    );
  });

  it('230 100 guesses at once over two nodes are as many as the rule allows one after the other', async () => {
    const alice = await newMember(open(), node);
    const nodes = [node, accountsNode(open())];
    for (const [address, most] of [
      [() => HOME, FROM_ONE_PLACE.free],
      [(index: number) => `203.0.${index}.9`, FROM_UNKNOWN_PLACES.free - FROM_ONE_PLACE.free],
    ] as const) {
      const tried = await race(100, (index) =>
        (nodes[index % 2] as AccountsNode).signIn.attempt(alice.username, WRONG, address(index)),
      );
      expect(tried.filter(({ outcome }) => outcome === 'refused')).toHaveLength(most);
      expect(tried.filter(({ outcome }) => outcome === 'wait')).toHaveLength(100 - most);
    }
  });

  it('230 property: no sequence of attempts gets more guesses in any hour than the rules say, whatever the owner does', async () => {
    const most = 2 * mostInAnHour(FROM_UNKNOWN_PLACES);
    const attempt = fc.record({
      wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 20 * MINUTE })),
      network: fc.nat(200),
      byEmail: fc.boolean(),
      isOwner: fc.integer({ min: 0, max: 9 }).map((number) => number === 0),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(attempt, { minLength: 60, maxLength: 120 }), async (sequence) => {
        const alice = await newMember(open(), node);
        const guesses: number[] = [];
        for (const { wait, network, byEmail, isOwner } of sequence) {
          node.clock.time += wait;
          const name = byEmail ? (alice.email ?? '') : alice.username;
          const { outcome } = isOwner
            ? await node.signIn.attempt(name, PASSWORD, HOME)
            : await node.signIn.attempt(name, WRONG, `203.0.${network}.9`);
          if (!isOwner && outcome === 'refused') guesses.push(node.clock.time);
        }
        const inHour = guesses.map((from) => guesses.filter((at) => at >= from && at < from + HOUR).length);
        expect(Math.max(0, ...inHour)).toBeLessThanOrEqual(most);
      }),
      { numRuns: 6 },
    );
  }, 60_000);

  it('230 the fastest attacker gets exactly so many in the first hour, and four an hour then', async () => {
    const alice = await newMember(open(), node);
    const hours = [0, 0, 0];
    let wait = 0;
    for (let index = 0; node.clock.time < NOW + 3 * HOUR; node.clock.time += wait) {
      const outcome = await node.signIn.attempt(alice.username, WRONG, `203.${index >> 8}.${index & 255}.9`);
      index += 1;
      wait = outcome.outcome === 'wait' ? outcome.until - node.clock.time : 0;
      const hour = Math.floor((node.clock.time - NOW) / HOUR);
      if (outcome.outcome === 'refused') hours[hour] = (hours[hour] ?? 0) + 1;
    }
    expect(hours).toEqual([mostInAnHour(FROM_UNKNOWN_PLACES), 4, 4]);
  });

  it('a password is hashed anew at sign-in when the parameters changed, and sessions stay', async () => {
    const alice = await newMember(open(), node);
    const weak = (await node.passwordStore.find(alice.id))?.hash;
    const session = await node.sessions.begin(
      { accountId: alice.id, authTime: NOW, acr: 'x', amr: [] },
      { address: HOME, userAgent: '' },
    );
    const strict = accountsNode(open(), { ...OPTIONS, passwordMemory: 128 * 1024, passwordIterations: 2 });
    expect((await strict.signIn.attempt(alice.username, WRONG, HOME)).outcome).toBe('refused');
    expect((await node.passwordStore.find(alice.id))?.hash).toBe(weak);
    expect((await strict.signIn.attempt(alice.username, PASSWORD, HOME)).outcome).toBe('accepted');
    const strong = (await node.passwordStore.find(alice.id))?.hash;
    expect([weak, strong]).toEqual([
      expect.stringMatching(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[\w+/]{22}\$[\w+/]{43}$/),
      expect.stringMatching(/^\$argon2id\$v=19\$m=128,t=2,p=1\$/),
    ]);
    expect((await strict.signIn.attempt(alice.username, PASSWORD, HOME)).outcome).toBe('accepted');
    expect((await node.passwordStore.find(alice.id))?.hash).toBe(strong);
    expect(await node.sessions.find(session.value)).toBeDefined();
  });

  it('261 answers wait when too many are tried at once, without counting those against anybody', async () => {
    const slow = accountsNode(open(), { ...OPTIONS, passwordMemory: 32 * 1024 * 1024, passwordIterations: 3 });
    const people: Person[] = [];
    for (let count = 0; count < 80; count += 1) people.push(await newPerson(open()));
    const tried = await race(80, (index) =>
      slow.signIn.attempt(people[index]?.username ?? '', WRONG, `203.0.${index}.9`),
    );
    const waiting = tried.filter(({ outcome }) => outcome === 'wait');
    expect(waiting.length).toBeGreaterThan(0);
    expect(waiting.length).toBeLessThan(40);
    const late = people[tried.findIndex(({ outcome }) => outcome === 'wait')]?.username ?? '';
    expect(await outcomes(6, () => node.signIn.attempt(late, WRONG, HOME))).toEqual([
      ...Array<string>(5).fill('refused'),
      'wait',
    ]);
  }, 60_000);

  it('261 strangers who fill the queue leave places in it: a known device signs in meanwhile', async () => {
    const slow = accountsNode(open(), { ...OPTIONS, passwordMemory: 32 * 1024 * 1024, passwordIterations: 3 });
    const alice = await newMember(open(), node);
    const device = await cameIn(node, alice, HOME);
    const strangers = Array.from({ length: 80 }, (_, index) =>
      slow.signIn.attempt(`name-${index}-${alice.id}`, WRONG, `203.0.${index}.9`),
    );
    const own = await slow.signIn.attempt(alice.username, PASSWORD, HOME, device);
    expect(own.outcome).toBe('accepted');
    expect((await Promise.all(strangers)).map(({ outcome }) => outcome)).toContain('wait');
  }, 60_000);

  it('what is counted and remembered names nobody, and leaves when it is over', async () => {
    const alice = await newMember(open(), node);
    await cameIn(node, alice, HOME);
    await node.signIn.attempt(alice.username, WRONG, ELSEWHERE);
    const rows = async () =>
      JSON.stringify([
        await open().dataSource.query('SELECT * FROM attempt_counter'),
        await open().dataSource.query('SELECT place FROM known_place'),
      ]);
    const stored = await rows();
    for (const secret of [alice.username, HOME, '192.0.2', ELSEWHERE, 'vk_dv_']) expect(stored).not.toContain(secret);
    while ((await node.expiry.expire(NOW + 100 * 24 * HOUR, 50)) > 0);
    expect(await rows()).toBe('[[],[]]');
  });
}
