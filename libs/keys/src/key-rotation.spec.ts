import type { OpenDatabase } from '@valetkey/persistence';
import type { DatabasePlace } from '@valetkey/testing';
import { createPlace, describeEngines, race } from '@valetkey/testing';
import { decodeProtectedHeader } from 'jose';
import { MINUTE, nodeOn, SetClock } from './key-ring.fixture.js';
import type { KeyRing } from './key-ring.service.js';

const TYPE = 'at+jwt';
const CACHED = MINUTE + 5_000;
const kidOf = (token: string) => decodeProtectedHeader(token).kid ?? '';
const kidsOf = async (ring: KeyRing) => (await ring.jwks()).keys.map(({ kid }) => kid);
const isGood = async (ring: KeyRing, token: string) => (await ring.verify(token, TYPE, {})) !== undefined;

describeEngines('OC-10: rotation', (engine) => {
  let place: DatabasePlace;
  let open: OpenDatabase;
  let clock: SetClock;
  beforeEach(async () => {
    place = await createPlace(engine);
    open = await place.open();
    clock = new SetClock();
  });
  afterEach(async () => {
    await open.close();
    await place.remove();
  });

  const started = async (options: Parameters<typeof nodeOn>[2] = {}, ownClock = clock) => {
    const node = nodeOn(open.database, ownClock, options);
    await node.rotation.start();
    return node;
  };
  const privateKeyOf = async (kid: string) => {
    const [row] = await open.dataSource.query<{ private_key: string | null }[]>(
      `SELECT private_key FROM signing_key WHERE kid = '${kid}'`,
    );
    return row?.private_key;
  };

  it('OC-10 271 a second rotation leaves keys alone that were published a moment ago, and says from when they may sign', async () => {
    const { ring, rotation } = await started();
    await rotation.publishNext();
    clock.pass(CACHED);
    const first = await ring.sign({}, TYPE);
    const both = ['ES256', 'EdDSA'].map((algorithm) => ({ algorithm, rotated: true }));
    expect(await rotation.rotateNow({ force: false })).toEqual(both);
    const second = await ring.sign({}, TYPE);
    expect(kidOf(second)).not.toBe(kidOf(first));
    const publishedAt = clock.now();
    const left = { rotated: false, publishedAt, notBefore: publishedAt + CACHED };
    for (const passing of [0, CACHED - 1]) {
      clock.pass(passing);
      expect(await rotation.rotateNow({ force: false })).toEqual([
        { algorithm: 'ES256', ...left },
        { algorithm: 'EdDSA', ...left },
      ]);
      expect(kidOf(await ring.sign({}, TYPE))).toBe(kidOf(second));
    }
    clock.pass(1);
    expect(await rotation.rotateNow({ force: false })).toEqual(both);
    expect(kidOf(await ring.sign({}, TYPE))).not.toBe(kidOf(second));
  });

  it('rotates at once when it is forced, since a key may be compromised', async () => {
    const { ring, rotation } = await started();
    const first = await ring.sign({}, TYPE);
    expect((await rotation.rotateNow({ force: false })).map(({ rotated }) => rotated)).toEqual([false, false]);
    expect((await rotation.rotateNow({ force: true })).map(({ rotated }) => rotated)).toEqual([true, true]);
    expect(kidOf(await ring.sign({}, TYPE))).not.toBe(kidOf(first));
  });

  it('272 of 20 rotations at once one takes each algorithm; the others say that they did not', async () => {
    const { rotation } = await started();
    await rotation.publishNext();
    clock.pass(CACHED);
    const nodes = Array.from({ length: 20 }, () => nodeOn(open.database, clock));
    const outcomes = await race(20, (index) => nodes[index]?.rotation.rotateNow({ force: false }) ?? Promise.reject());
    for (const algorithm of ['ES256', 'EdDSA']) {
      const ofAlgorithm = outcomes.flat().filter((outcome) => outcome.algorithm === algorithm);
      expect(ofAlgorithm.filter(({ rotated }) => rotated)).toHaveLength(1);
      expect(ofAlgorithm).toHaveLength(20);
    }
  }, 60_000);

  it('274 a node whose clock is a minute ahead retires no key whose tokens live by the clock of the other', async () => {
    const { ring, rotation } = await started();
    const ahead = new SetClock(clock.now() + MINUTE);
    const other = await started({}, ahead);
    const pass = (duration: number) => [clock, ahead].forEach((each) => each.pass(duration));
    const old = await ring.sign({}, TYPE);
    await rotation.rotateNow({ force: true });
    pass(10 * MINUTE + 5_000 - 1);
    await other.rotation.rotateDue();
    expect(await kidsOf(ring)).toContain(kidOf(old));
    expect(await isGood(ring, old)).toBe(true);
    pass(1);
    await other.rotation.rotateDue();
    pass(5_000);
    expect(await kidsOf(ring)).not.toContain(kidOf(old));
    expect(await isGood(ring, old)).toBe(false);
    expect(await privateKeyOf(kidOf(old))).toBeNull();
  });

  it('a removed algorithm: its tokens are good until they end, then its key leaves and its private part is forgotten', async () => {
    const before = await started({ signingAlgorithm: 'EdDSA' });
    await before.rotation.publishNext();
    const token = await before.ring.sign({}, TYPE);
    const [unused] = (await before.ring.reload()).filter((key) => key.algorithm === 'EdDSA' && key.state === 'next');
    const { ring, rotation } = await started({ algorithms: ['ES256'] });
    await expect(ring.sign({}, TYPE, 'EdDSA')).rejects.toThrow('no current signing key');
    expect(await isGood(ring, token)).toBe(true);
    expect(await kidsOf(ring)).toContain(kidOf(token));
    expect(await kidsOf(ring)).not.toContain(unused?.kid);
    expect(await privateKeyOf(unused?.kid ?? '')).toBeNull();
    // A node with the former configuration may have signed another an hour later.
    clock.pass(60 * MINUTE);
    await rotation.rotateDue();
    const late = await before.ring.sign({}, TYPE);
    expect(kidOf(late)).toBe(kidOf(token));
    clock.pass(10 * MINUTE);
    await rotation.rotateDue();
    expect(await isGood(ring, late)).toBe(true);
    clock.pass(CACHED);
    await rotation.rotateDue();
    expect(await isGood(ring, late)).toBe(false);
    expect((await ring.jwks()).keys.map(({ alg }) => alg)).toEqual(['ES256', 'ES256']);
    expect(await privateKeyOf(kidOf(token))).toBeNull();
  });

  it('an algorithm that comes back gets keys of its own', async () => {
    const token = await (await started({ signingAlgorithm: 'EdDSA' })).ring.sign({}, TYPE);
    await started({ algorithms: ['ES256'] });
    const { ring } = await started({ signingAlgorithm: 'EdDSA' });
    const fresh = await ring.sign({}, TYPE);
    expect(kidOf(fresh)).not.toBe(kidOf(token));
    expect([await isGood(ring, token), await isGood(ring, fresh)]).toEqual([true, true]);
  });

  it('starting again with the same configuration changes no key', async () => {
    const { ring, rotation } = await started();
    await rotation.publishNext();
    const keys = await ring.reload();
    expect(await (await started()).ring.reload()).toEqual(keys);
  });
});
