import type { OneTimeCodes, Passkeys, Session } from '@valetkey/accounts';
import { ACR, AMR } from '@valetkey/protocol';
import type { Config } from '../config/config.js';
import type { Demand } from './sign-in-demand.service.js';
import { SignInDemand } from './sign-in-demand.service.js';

const NOW = 1_790_000_000_000;
const RECENT = 600_000;

const BY = {
  password: { acr: ACR.password, amr: [AMR.password] },
  app: { acr: ACR.twoFactors, amr: [AMR.password, AMR.oneTimeCode, AMR.multipleFactors] },
  paper: { acr: ACR.twoFactors, amr: [AMR.password, AMR.multipleFactors] },
  passkey: { acr: ACR.phishingResistant, amr: [AMR.hardwareKey, AMR.userPresence, AMR.multipleFactors] },
} as const;

const ACCOUNTS = {
  plain: { codes: false, passkeys: 0 },
  codes: { codes: true, passkeys: 0 },
  passkey: { codes: false, passkeys: 1 },
  both: { codes: true, passkeys: 1 },
} as const;

function demandOf({ codes, passkeys }: { codes: boolean; passkeys: number }): SignInDemand {
  return new SignInDemand(
    { isEnrolled: () => Promise.resolve(codes) } as unknown as OneTimeCodes,
    { list: () => Promise.resolve(Array(passkeys).fill({})) } as unknown as Passkeys,
    { now: () => NOW },
    { signIn: { recentSignIn: RECENT } } as unknown as Config,
  );
}

const session = (by: keyof typeof BY, authTime = NOW) =>
  ({ accountId: 'alice', authTime, ...BY[by] }) as unknown as Session;

describe('232 what a page of the account asks of the sign-in', () => {
  it.each<[Demand, keyof typeof ACCOUNTS, Record<keyof typeof BY, boolean>]>([
    ['session', 'both', { password: true, app: true, paper: true, passkey: true }],
    ['recent', 'plain', { password: true, app: true, paper: true, passkey: true }],
    ['recent', 'both', { password: false, app: true, paper: true, passkey: true }],
    ['surest', 'plain', { password: true, app: true, paper: true, passkey: true }],
    ['surest', 'codes', { password: false, app: true, paper: true, passkey: true }],
    ['surest', 'passkey', { password: false, app: false, paper: true, passkey: true }],
    ['surest', 'both', { password: false, app: false, paper: true, passkey: true }],
  ])('%s, of an account with %s: %j', async (demand, account, enough) => {
    for (const [by, isEnough] of Object.entries(enough)) {
      const missing = await demandOf(ACCOUNTS[account]).missing(session(by as keyof typeof BY), demand);
      expect([by, missing]).toEqual([by, isEnough ? undefined : 'stronger']);
    }
  });

  it('an old sign-in is repeated, however sure it was, unless it was waited for', async () => {
    const old = session('passkey', NOW - RECENT - 1);
    expect(await demandOf(ACCOUNTS.both).missing(old, 'surest')).toBe('again');
    expect(await demandOf(ACCOUNTS.both).missing(old, 'surest', old.authTime)).toBeUndefined();
    expect(await demandOf(ACCOUNTS.both).missing(undefined, 'session')).toBe('nobody');
  });
});
