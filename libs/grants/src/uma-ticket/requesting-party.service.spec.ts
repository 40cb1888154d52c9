import { randomUUID } from 'node:crypto';
import type { Passkeys, Passwords } from '@valetkey/accounts';
import { AccountStore } from '@valetkey/accounts';
import type { IdTokenVerifier, TrustedIssuerStore } from '@valetkey/federation';
import type { GrantContext } from '@valetkey/oauth';
import { WriteSet } from '@valetkey/persistence';
import { ReplayStore } from '@valetkey/tokens';
import { describeDatabases, SetClock, write } from '@valetkey/testing';
import type { ClaimSet } from '@valetkey/uma';
import { PersistedClaimsStore } from '@valetkey/uma';
import { OwnSignIns } from './own-sign-ins.service.js';
import { RequestingPartyService } from './requesting-party.service.js';

const NOW = 1_700_000_000_000;

describeDatabases('what a sign-in here is worth later', (open) => {
  /** Somebody who signed in by passkey, unless she has had a password since `passwordSetAt`. */
  const world = async (passwordSetAt?: number) => {
    const { database, dataSource } = open();
    const id = randomUUID();
    await dataSource.query(`INSERT INTO account (id, username, name, enabled, managed_by, created_at)
      VALUES ('${id}', '${id}', 'Bob', TRUE, 'operator', 1)`);
    const accounts = new AccountStore(database, new SetClock(NOW));
    const parties = new RequestingPartyService(
      {} as IdTokenVerifier,
      { enabled: () => Promise.resolve([]) } as unknown as TrustedIssuerStore,
      new PersistedClaimsStore(database),
      new ReplayStore(database),
      accounts,
      new OwnSignIns(
        accounts,
        { changedAt: () => Promise.resolve(passwordSetAt), rely: () => undefined } as unknown as Passwords,
        { has: (passkey: string) => Promise.resolve(passkey === 'hers'), rely: () => undefined } as unknown as Passkeys,
      ),
    );
    /** Whether it counts when it is read, and whether what rests on it can be committed after `meanwhile`. */
    const counts = async (worth: Partial<ClaimSet>, meanwhile?: () => Promise<unknown>): Promise<boolean[]> => {
      const set = { issuer: 'https://as.example', subject: id, claims: {}, obtainedAt: NOW, acr: 'phr', ...worth };
      const writes = new WriteSet();
      const context = { client: { id: 'shop' }, now: NOW, writes } as GrantContext;
      const request = { ticket: '', claimToken: undefined, pct: undefined, rpt: undefined, scopes: [], why: undefined };
      const { evidence } = await parties.gather(request, [set], context);
      await meanwhile?.();
      return [evidence.length === 1, await database.tryCommit(writes)];
    };
    const voided = () => write(database, (writes) => accounts.renewGeneration(writes, id));
    return { counts, voided };
  };

  it('224 of another generation of the account nothing, whether or not there is a password', async () => {
    for (const passwordSetAt of [undefined, NOW]) {
      const { counts, voided } = await world(passwordSetAt);
      expect(await counts({ generation: 0 })).toEqual([true, true]);
      await voided();
      expect(await counts({ generation: 0 })).toEqual([false, true]);
      expect(await counts({ generation: 1 })).toEqual([true, true]);
    }
  });

  it('224 what was decided when sign-ins were voided at that moment is not committed', async () => {
    const { counts, voided } = await world();
    expect(await counts({ generation: 0 }, voided)).toEqual([true, false]);
  });

  it('224 of a passkey that the account has no more nothing', async () => {
    const { counts } = await world(NOW);
    expect(await counts({ generation: 0, passkey: 'hers' })).toEqual([true, true]);
    expect(await counts({ generation: 0, passkey: 'removed' })).toEqual([false, true]);
  });

  it('224 evidence from before generations is judged by the password alone', async () => {
    const { counts } = await world(NOW);
    expect(await counts({ passwordSetAt: NOW })).toEqual([true, true]);
    expect(await counts({ passwordSetAt: NOW - 1 })).toEqual([false, true]);
    expect(await counts({ passwordSetAt: null })).toEqual([false, true]);
  });
});
