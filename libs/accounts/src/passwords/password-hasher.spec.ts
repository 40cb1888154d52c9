import { SystemClock } from '@valetkey/kernel';
import { HasherBusy, PasswordHasher } from './password-hasher.service.js';

const MIB = 1024 * 1024;
const clock = new SystemClock();
const hasher = (passwordMemory = 64 * 1024, passwordIterations = 1) =>
  new PasswordHasher({ passwordMemory, passwordIterations }, clock);

describe('RFC 9106: password hashes', () => {
  it('carry algorithm, parameters and a salt of their own, and match their password alone', async () => {
    const one = hasher(19 * MIB, 2);
    const [first, second] = [await one.hash('seven small boats'), await one.hash('seven small boats')];
    expect(first).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(first).not.toBe(second);
    expect(await one.verify(first, 'seven small boats')).toBe(true);
    expect(await one.verify(first, 'seven small boat')).toBe(false);
    expect([one.needsRehash(first), hasher(19 * MIB, 3).needsRehash(first)]).toEqual([false, true]);
    expect(hasher(20 * MIB, 2).needsRehash(first)).toBe(true);
  });

  it('of nobody match nothing', async () => {
    const one = hasher();
    for (const password of ['', 'nobody', 'x'.repeat(5000)]) expect(await one.verify(undefined, password)).toBe(false);
  });

  it('261 are computed off the event loop: other work goes on meanwhile', async () => {
    const one = hasher(19 * MIB, 2);
    let turns = 0;
    let done = false;
    const turn = (): void => {
      turns += 1;
      if (!done) setImmediate(turn);
    };
    setImmediate(turn);
    await Promise.all(Array.from({ length: 5 }, () => one.hash('seven small boats')));
    done = true;
    expect(turns).toBeGreaterThan(100);
  });

  it('261 wait in a bounded queue, in their order, and the rest is told when to come again', async () => {
    const one = hasher();
    const order: number[] = [];
    const outcomes = await Promise.allSettled(
      Array.from({ length: 60 }, (_, index) => one.hash('seven small boats').then(() => order.push(index))),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(9);
    for (const { reason } of refused) expect((reason as HasherBusy).until).toBeGreaterThan(clock.now());
    expect(refused[0]?.reason).toBeInstanceOf(HasherBusy);
    expect(order).toEqual(Array.from({ length: 51 }, (_, index) => index));
    expect(await one.hash('seven small boats')).toMatch(/^\$argon2id/);
  });

  it('261 of strangers wait at four fifths of the places, whatever they do: the others are for known devices', async () => {
    const one = hasher();
    await one.prepare();
    const tried = Array.from({ length: 200 }, () => one.verify(undefined, 'seven small boats', 'stranger'));
    const known = Array.from({ length: 10 }, () => one.verify(undefined, 'seven small boats', 'known'));
    const outcomes = await Promise.allSettled(tried);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(41);
    expect(await Promise.all(known)).toEqual(Array(10).fill(false));
  });
});
