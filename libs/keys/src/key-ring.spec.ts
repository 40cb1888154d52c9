import { setImmediate as nextTurn } from 'node:timers/promises';
import type { OpenDatabase } from '@valetkey/persistence';
import type { DatabasePlace } from '@valetkey/testing';
import { createPlace, race } from '@valetkey/testing';
import type { SigningKey } from './domain/signing-key.js';
import type { Node } from './key-ring.fixture.js';
import { nodeOn, SetClock } from './key-ring.fixture.js';
import { SigningKeyStore } from './persistence/signing-key.store.js';

const TYPE = 'at+jwt';
/** A JWT that names a key nobody has. */
const foreign = (kid: string) =>
  `${Buffer.from(JSON.stringify({ alg: 'ES256', typ: TYPE, kid })).toString('base64url')}.e30.${'A'.repeat(86)}`;

/** Counts the loads, and lets each wait with what it has read until it is told to answer. */
class WatchedStore extends SigningKeyStore {
  loads = 0;
  failing = false;
  private gate: Promise<void> | undefined;

  /** From now on loads answer only when the result is called. */
  hold(): () => void {
    let answer = (): void => undefined;
    this.gate = new Promise((resolve) => (answer = resolve));
    return () => {
      this.gate = undefined;
      answer();
    };
  }

  override async published(): Promise<SigningKey[]> {
    this.loads += 1;
    if (this.failing) throw new Error('the store is away');
    const read = await super.published();
    await this.gate;
    return read;
  }
}

describe('the key ring, asked by many at the same time', () => {
  let place: DatabasePlace;
  let open: OpenDatabase;
  let clock: SetClock;
  let store: WatchedStore;
  let node: Node;
  let other: Node;
  beforeEach(async () => {
    place = await createPlace('sqlite');
    open = await place.open();
    clock = new SetClock();
    store = new WatchedStore(open.database);
    node = nodeOn(open.database, clock, {}, store);
    other = nodeOn(open.database, clock);
    await node.rotation.start();
    await node.rotation.publishNext();
    store.loads = 0;
  });
  afterEach(async () => {
    await open.close();
    await place.remove();
  });

  it('269 loads once for 200 signatures and 200 looks at the published keys', async () => {
    clock.pass(5_000);
    await Promise.all([
      ...Array.from({ length: 200 }, () => node.ring.sign({}, TYPE)),
      ...Array.from({ length: 200 }, () => node.ring.jwks()),
    ]);
    expect(store.loads).toBe(1);
    clock.pass(4_999);
    await node.ring.jwks();
    expect(store.loads).toBe(1);
    clock.pass(1);
    await node.ring.jwks();
    expect(store.loads).toBe(2);
  });

  it('269 looks at most once a second for tokens that name a key nobody has', async () => {
    clock.pass(1_000);
    await race(200, (index) => node.ring.verify(foreign(`kid-${index}`), TYPE, {}));
    const loads = store.loads;
    expect(loads).toBeLessThanOrEqual(2);
    await race(200, (index) => node.ring.verify(foreign(`kid-${index}`), TYPE, {}));
    expect(store.loads).toBe(loads);
  });

  it('an older load never takes back what a newer one has seen', async () => {
    clock.pass(5_000);
    const answer = store.hold();
    const early = node.ring.jwks();
    for (let turns = 0; turns < 20; turns += 1) await nextTurn();
    await other.rotation.rotateNow({ force: true });
    const late = node.ring.reload();
    for (let turns = 0; turns < 20; turns += 1) await nextTurn();
    answer();
    const states = (keys: readonly SigningKey[]) => keys.map(({ kid, state }) => [kid, state]).sort();
    const now = await other.ring.reload();
    expect((await early).keys).not.toHaveLength(now.length);
    expect(states(await late)).toEqual(states(now));
    expect((await node.ring.jwks()).keys).toHaveLength(now.length);
  });

  it('a load that failed is tried again by the next who asks', async () => {
    clock.pass(5_000);
    store.failing = true;
    await expect(node.ring.sign({}, TYPE)).rejects.toThrow('the store is away');
    store.failing = false;
    const token = await node.ring.sign({ sub: 'x' }, TYPE);
    expect(await node.ring.verify(token, TYPE, {})).toEqual({ sub: 'x' });
  });

  it('93 a token of ours has one spelling: padding and other trailing bits verify no more', async () => {
    const token = await node.ring.sign({ sub: 'x' }, TYPE);
    const last = token.slice(-1);
    const others = ['A', 'B', 'C', 'D', 'Q', 'R', 'g', 'h', 'w', 'x'].filter((one) => one !== last);
    for (const other of [`${token}=`, `${token} `, ...others.map((one) => token.slice(0, -1) + one)])
      expect(await node.ring.verify(other, TYPE, {})).toBeUndefined();
  });
});
