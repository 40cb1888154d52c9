import type { OpenDatabase } from '@valetkey/persistence';
import { commits } from '@valetkey/testing';
import type { AccountsNode } from '../ground.contract.js';
import { accountsNode, newMember, newPerson } from '../ground.contract.js';
import { SignInOutdated } from '../sessions/sessions.service.js';
import { SoftwareAuthenticator } from '../passkeys/software-authenticator.fixture.js';

const HERE = { address: '192.0.2.7', userAgent: 'Browser/1' };

/** What an operator takes away from who has lost a device. */
export function lostDevicesContract(open: () => OpenDatabase): void {
  let node: AccountsNode;
  beforeEach(() => void (node = accountsNode(open())));
  const withPasskeys = async (person: { id: string }, count: number) => {
    const alice = (await node.persons.find(person.id)) ?? fail();
    for (let index = 0; index < count; index += 1) {
      const device = new SoftwareAuthenticator({ counts: false, synced: true });
      await node.passkeys.register(alice, device.create(await node.passkeys.registrationOptions(alice)), `No ${index}`);
    }
    return alice;
  };
  const begin = async (accountId: string) =>
    (await node.sessions.begin({ accountId, authTime: node.clock.now(), acr: 'phr', amr: ['swk'] }, HERE)).value;

  it('224 all passkeys go and all sessions end in one step; codes and other people are left alone, and she is to hear of it', async () => {
    const alice = await withPasskeys(await newMember(open(), node), 2);
    const bob = await withPasskeys(await newPerson(open()), 1);
    await node.recoveryCodes.renew(alice.id);
    const [hers, his] = [await begin(alice.id), await begin(bob.id)];
    await node.notices.take(alice.id);
    node.clock.time += 1;
    expect(await node.lostDevices.remove(alice, ['passkeys'])).toEqual({
      app: false,
      recoveryCodes: 0,
      passkeys: 2,
      sessions: 1,
      hasPassword: true,
    });
    expect([await node.passkeys.list(alice.id), await node.recoveryCodes.count(alice.id)]).toEqual([[], 10]);
    expect(await node.passkeys.list(bob.id)).toHaveLength(1);
    expect([await node.sessions.find(hers), (await node.sessions.find(his))?.accountId]).toEqual([undefined, bob.id]);
    expect((await node.notices.take(alice.id)).map(({ change }) => change)).toEqual(['operator_removed_passkeys']);
  });

  it('224 a sign-in with a passkey that is taken away begins no session: afterwards, and 20 times at once', async () => {
    const signedIn = async () => {
      const alice = await newMember(open(), node);
      const device = new SoftwareAuthenticator({ counts: false, synced: true });
      await node.passkeys.register(alice, device.create(await node.passkeys.registrationOptions(alice)), 'Key');
      const by = (await node.passkeys.authenticate(device.get(await node.passkeys.authenticationOptions()))) ?? fail();
      return { alice, by: { ...by, authTime: node.clock.now() } };
    };
    const late = await signedIn();
    await node.lostDevices.remove(late.alice, ['passkeys']);
    await expect(node.sessions.begin(late.by, HERE)).rejects.toThrow(SignInOutdated);
    const others = accountsNode(open());
    for (let round = 0; round < 20; round += 1) {
      const { alice, by } = await signedIn();
      const [begun] = await Promise.allSettled([
        node.sessions.begin(by, HERE),
        others.lostDevices.remove(alice, ['passkeys']),
      ]);
      const left = begun.status === 'fulfilled' ? await node.sessions.find(begun.value.value) : undefined;
      expect(left).toBeUndefined();
    }
  });

  it('224 what remembers her sign-ins is void with a lost device, also of who has no password; nobody else is concerned', async () => {
    const [alice, bob] = [await withPasskeys(await newPerson(open()), 1), await newPerson(open())];
    const relies = (id: string, generation: number) =>
      commits(open().database, (writes) => node.accounts.guardGeneration(writes, id, generation));
    const before = (await node.accounts.generationOf(alice.id)) ?? fail();
    expect(await relies(alice.id, before)).toBe(true);
    await node.lostDevices.remove(alice, ['passkeys']);
    expect(await node.accounts.generationOf(alice.id)).toBe(before + 1);
    expect([await relies(alice.id, before), await relies(alice.id, before + 1)]).toEqual([false, true]);
    expect(await node.accounts.generationOf(bob.id)).toBe(0);
    expect(await node.accounts.generationOf('nobody')).toBeUndefined();
  });

  it('the operator takes even what is last, and is told that nothing is left to sign in with', async () => {
    const alice = await withPasskeys(await newPerson(open()), 1);
    expect(await node.lostDevices.remove(alice, ['passkeys'])).toMatchObject({ passkeys: 1, hasPassword: false });
    expect(await node.passkeys.list(alice.id)).toEqual([]);
  });
}

function fail(): never {
  throw new Error('no such person');
}
