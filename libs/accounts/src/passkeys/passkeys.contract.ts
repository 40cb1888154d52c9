import { generateKeyPairSync } from 'node:crypto';
import type { OpenDatabase } from '@valetkey/persistence';
import { race } from '@valetkey/testing';
import type { Person } from '../domain/person.js';
import type { Session } from '../domain/session.js';
import type { AccountsNode } from '../ground.contract.js';
import { accountsNode, MINUTE, newPerson, NOW, PASSWORD } from '../ground.contract.js';
import type { Deviation } from './software-authenticator.fixture.js';
import { SoftwareAuthenticator } from './software-authenticator.fixture.js';

const SECURITY_KEY = { counts: true, synced: false };
const TELEPHONE = { counts: false, synced: true };
const { privateKey: FOREIGN_KEY } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Passkeys, with a device made of software. */
export function passkeysContract(open: () => OpenDatabase): void {
  let node: AccountsNode;
  beforeEach(() => void (node = accountsNode(open())));
  const registered = async (traits = SECURITY_KEY): Promise<{ alice: Person; device: SoftwareAuthenticator }> => {
    const [alice, device] = [await newPerson(open()), new SoftwareAuthenticator(traits)];
    const answer = device.create(await node.passkeys.registrationOptions(alice));
    expect(await node.passkeys.register(alice, answer, 'My key')).toBeDefined();
    return { alice, device };
  };
  const signIn = async (device: SoftwareAuthenticator, deviation?: Deviation) =>
    node.passkeys.authenticate(device.get(await node.passkeys.authenticationOptions(), deviation));

  describe('WebAuthn 7.1: registration', () => {
    it('asks for a passkey that the device finds itself, with user verification, without attestation', async () => {
      const { alice } = await registered();
      expect(await node.passkeys.registrationOptions(alice)).toMatchObject({
        rp: { id: 'as.example', name: 'as.example' },
        user: { name: alice.username, displayName: alice.name },
        attestation: 'none',
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        excludeCredentials: [{ type: 'public-key', transports: ['internal', 'hybrid'] }],
      });
    });

    it('keeps what the device made', async () => {
      const { alice, device } = await registered(TELEPHONE);
      expect(await node.passkeys.list(alice.id)).toEqual([
        {
          id: device.id,
          accountId: alice.id,
          publicKey: expect.stringMatching(/^[\w-]{100,}$/) as string,
          counter: 0,
          transports: ['internal', 'hybrid'],
          name: 'My key',
          synced: true,
          createdAt: NOW,
          lastUsedAt: null,
        },
      ]);
    });

    it.each<[string, Deviation]>([
      ['of another origin', { origin: 'https://as.example.evil' }],
      ['for another server', { rpId: 'evil.example' }],
      ['to another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
      ['of a sign-in', { type: 'webauthn.get' }],
      ['from a page inside another one', { crossOrigin: true }],
      ['without user verification', { userVerified: false }],
    ])('refuses an answer %s', async (_what, deviation) => {
      const [alice, device] = [await newPerson(open()), new SoftwareAuthenticator(SECURITY_KEY)];
      const answer = device.create(await node.passkeys.registrationOptions(alice), deviation);
      expect(await node.passkeys.register(alice, answer, 'x')).toBeUndefined();
      expect(await node.passkeys.list(alice.id)).toEqual([]);
    });

    it('refuses the answer of somebody else, one given twice, a late one, and a passkey that another account has', async () => {
      const [alice, mallory] = [await newPerson(open()), await newPerson(open())];
      const answered = async (device: SoftwareAuthenticator) =>
        device.create(await node.passkeys.registrationOptions(alice));
      const device = new SoftwareAuthenticator(SECURITY_KEY);
      expect(await node.passkeys.register(mallory, await answered(device), 'x')).toBeUndefined();
      const answer = await answered(device);
      const given = await race(100, () => node.passkeys.register(alice, answer, 'x'));
      expect(given.filter((passkey) => passkey !== undefined)).toHaveLength(1);
      const late = await answered(new SoftwareAuthenticator(SECURITY_KEY));
      node.clock.time += 5 * MINUTE;
      expect(await node.passkeys.register(alice, late, 'x')).toBeUndefined();
      const stolen = device.create(await node.passkeys.registrationOptions(mallory));
      expect(await node.passkeys.register(mallory, stolen, 'x')).toBeUndefined();
    });

    it.each([undefined, null, 'text', {}, [], { id: 'x', rawId: 'x', type: 'public-key', response: {} }])(
      'refuses %j',
      async (answer) => {
        expect(await node.passkeys.register(await newPerson(open()), answer, 'x')).toBeUndefined();
      },
    );
  });

  describe('looking after passkeys', () => {
    const nameOf = async ({ id }: Person) => (await node.passkeys.list(id))[0]?.name;

    it('218, 226 one is renamed by her whose it is, to what can be read; an empty or long name changes nothing', async () => {
      const { alice, device } = await registered();
      const mallory = await newPerson(open());
      expect(await node.passkeys.rename(device.id, alice.id, ' My\nphone\u202e ')).toBeUndefined();
      expect(await nameOf(alice)).toBe('My phone');
      expect(await node.passkeys.rename(device.id, mallory.id, 'Mine')).toBeUndefined();
      expect(await node.passkeys.rename(device.id, alice.id, ' ')).toBe('empty');
      expect(await node.passkeys.rename(device.id, alice.id, 'x'.repeat(101))).toBe('too_long');
      expect(await nameOf(alice)).toBe('My phone');
      expect(node.events.all.filter(({ event }) => event === 'passkey_renamed')).toEqual([
        { event: 'passkey_renamed', accountId: alice.id },
      ]);
    });

    it('the last way to sign in stays: of two that are removed at once without a password one is left', async () => {
      const { alice, device } = await registered();
      const second = new SoftwareAuthenticator(TELEPHONE);
      await node.passkeys.register(alice, second.create(await node.passkeys.registrationOptions(alice)), 'Two');
      const outcomes = await Promise.all([device.id, second.id].map((id) => node.passkeyRemoval.remove(id, alice.id)));
      expect(outcomes.sort()).toEqual(['last', 'removed']);
      expect(await node.passkeys.list(alice.id)).toHaveLength(1);
    });
  });

  describe('224 what a passkey that is removed leaves', () => {
    const WHERE = { address: '192.0.2.7', userAgent: '' };
    const begun = async (device: SoftwareAuthenticator, replaces?: Session) => {
      const signedIn = await signIn(device);
      if (!signedIn) throw new Error('refused');
      return node.sessions.begin({ ...signedIn, authTime: node.clock.now() }, WHERE, replaces);
    };
    const live = async (...values: string[]) =>
      (await Promise.all(values.map((value) => node.sessions.find(value)))).map((found) => found !== undefined);
    /** Two devices and a password. */
    const member = async () => {
      const { alice, device } = await registered();
      const second = new SoftwareAuthenticator(TELEPHONE);
      await node.passkeys.register(alice, second.create(await node.passkeys.registrationOptions(alice)), 'Two');
      await node.passwords.set(alice, PASSWORD);
      return { alice, device, second };
    };
    const byPassword = ({ id }: Person) => ({ accountId: id, authTime: node.clock.now(), acr: 'x', amr: ['pwd'] });

    it('no session that it began or went on with; those of other ways and of another passkey go on', async () => {
      const { alice, device, second } = await member();
      const password = await node.sessions.begin(byPassword(alice), WHERE);
      const surer = await node.sessions.begin(byPassword(alice), WHERE);
      const [by, byOther, stepped] = [await begun(device), await begun(second), await begun(device, surer.session)];
      expect(stepped.session.id).toBe(surer.session.id);
      expect(await node.passkeyRemoval.remove(device.id, alice.id)).toBe('removed');
      expect(await live(by.value, stepped.value, byOther.value, password.value)).toEqual([false, false, true, true]);
    });

    it('the session in which she removes it goes on, and is of no passkey', async () => {
      const { alice, device, second } = await member();
      const [here, there] = [await begun(device), await begun(device)];
      expect(await node.passkeyRemoval.remove(device.id, alice.id, here.session.id)).toBe('removed');
      expect(await live(here.value, there.value)).toEqual([true, false]);
      expect(await node.sessions.find(here.value)).not.toHaveProperty('passkey');
      expect(await node.passkeyRemoval.remove(second.id, alice.id)).toBe('removed');
      expect(await live(here.value)).toEqual([true]);
    });

    it('no session of before sessions knew their passkey', async () => {
      const { alice, device, second } = await member();
      const [by, byOther] = [await begun(device), await begun(second)];
      await open().dataSource.query(`UPDATE sign_in_session SET passkey = NULL WHERE id = '${by.session.id}'`);
      expect(await node.passkeyRemoval.remove(second.id, alice.id)).toBe('removed');
      expect(await live(by.value, byOther.value)).toEqual([false, false]);
    });

    it('none that begins at that moment', async () => {
      const { alice, device } = await member();
      const signedIn = await Promise.all(Array.from({ length: 20 }, () => signIn(device)));
      const begin = signedIn.flatMap((one) => (one ? [{ ...one, authTime: node.clock.now() }] : []));
      const [, ...outcomes] = await Promise.allSettled([
        node.passkeyRemoval.remove(device.id, alice.id),
        ...begin.map((by) => node.sessions.begin(by, WHERE)),
      ]);
      const values = outcomes.flatMap((one) => (one.status === 'fulfilled' ? [one.value.value] : []));
      expect(await live(...values)).toEqual(values.map(() => false));
    });
  });

  describe('WebAuthn 7.2: sign-in', () => {
    it('tells whom a passkey signed in, and truly how: phr, and a hardware key only if it cannot be copied', async () => {
      for (const [traits, key] of [
        [SECURITY_KEY, 'hwk'],
        [TELEPHONE, 'swk'],
      ] as const) {
        const { alice, device } = await registered(traits);
        const signedIn = { accountId: alice.id, acr: 'phr', amr: [key, 'user', 'mfa'] };
        expect(await signIn(device)).toEqual({ ...signedIn, passkey: (await node.passkeys.list(alice.id))[0]?.id });
        node.clock.time += 1;
        expect(await signIn(device)).toEqual({ ...signedIn, passkey: (await node.passkeys.list(alice.id))[0]?.id });
        expect((await node.passkeys.list(alice.id))[0]).toMatchObject({
          lastUsedAt: node.clock.time,
          counter: traits.counts ? 2 : 0,
        });
      }
    });

    it('tells strangers nothing: the options name neither account nor passkey', async () => {
      const options = await node.passkeys.authenticationOptions();
      expect(options).toMatchObject({ rpId: 'as.example', userVerification: 'required' });
      expect(options.allowCredentials ?? []).toEqual([]);
    });

    it.each<[string, Deviation]>([
      ['of another origin', { origin: 'https://as.example.evil' }],
      ['for another server', { rpId: 'evil.example' }],
      ['to a challenge that is not ours', { challenge: Buffer.alloc(32).toString('base64url') }],
      ['of a registration', { type: 'webauthn.create' }],
      ['from a page inside another one', { crossOrigin: true }],
      ['without user verification', { userVerified: false }],
      ['signed by another key', { key: FOREIGN_KEY }],
      ['with a count that was there before', { counter: 1 }],
      ['for another account', { userHandle: Buffer.from('somebody').toString('base64url') }],
      ['that names no account', { userHandle: null }],
    ])('refuses an answer %s', async (_what, deviation) => {
      const { device } = await registered();
      await signIn(device);
      expect(await signIn(device, deviation)).toBeUndefined();
      expect(await signIn(device)).toBeDefined();
    });

    it('refuses an unknown and a removed passkey, and uses the challenge up', async () => {
      const { alice, device } = await registered();
      expect(await signIn(new SoftwareAuthenticator(SECURITY_KEY))).toBeUndefined();
      const mallory = await newPerson(open());
      expect(await node.passkeyRemoval.remove(device.id, mallory.id)).toBe('none');
      await node.passwords.set(alice, PASSWORD);
      expect(await node.passkeyRemoval.remove(device.id, alice.id)).toBe('removed');
      expect(await signIn(device)).toBeUndefined();
    });

    it('a challenge is answered once, right or wrong: of 100 answers at once one is accepted', async () => {
      const { device } = await registered(TELEPHONE);
      const options = await node.passkeys.authenticationOptions();
      const answer = device.get(options);
      const given = await race(100, () => node.passkeys.authenticate(answer));
      expect(given.filter((signedIn) => signedIn !== undefined)).toHaveLength(1);
      const next = await node.passkeys.authenticationOptions();
      expect(await node.passkeys.authenticate(device.get(next, { key: FOREIGN_KEY }))).toBeUndefined();
      expect(await node.passkeys.authenticate(device.get(next))).toBeUndefined();
    });

    it('a challenge for a registration signs nobody in, and the reverse', async () => {
      const { alice, device } = await registered();
      const toRegister = await node.passkeys.registrationOptions(alice);
      expect(await node.passkeys.authenticate(device.get(toRegister))).toBeUndefined();
      const { challenge } = await node.passkeys.authenticationOptions();
      const other = new SoftwareAuthenticator(SECURITY_KEY);
      const answer = other.create({ ...toRegister, challenge });
      expect(await node.passkeys.register(alice, answer, 'x')).toBeUndefined();
    });

    it.each([undefined, null, 'text', {}, [], { id: 'x', rawId: 'x', type: 'public-key', response: {} }])(
      'refuses %j',
      async (answer) => {
        expect(await node.passkeys.authenticate(answer)).toBeUndefined();
      },
    );
  });
}
