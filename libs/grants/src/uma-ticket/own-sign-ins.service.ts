import { Injectable } from '@nestjs/common';
import { AccountStore, Passkeys, Passwords } from '@valetkey/accounts';
import type { WriteSet } from '@valetkey/persistence';
import type { ClaimSet, Evidence } from '@valetkey/uma';
import { isOwnSignIn } from '@valetkey/uma';

/** What sign-ins at this server are worth later: nothing, once what she signed in with was taken back (decision 0019). */
@Injectable()
export class OwnSignIns {
  constructor(
    private readonly accounts: AccountStore,
    private readonly passwords: Passwords,
    private readonly passkeys: Passkeys,
  ) {}

  /** What comes of a sign-in here is void when sign-ins of the account are voided, also at this moment (attack class 224). */
  rely(evidence: Evidence, writes: WriteSet): void {
    for (const { subject, generation, passwordSetAt, passkey } of evidence.filter(isOwnSignIn)) {
      if (passkey !== undefined) this.passkeys.rely(writes, passkey, subject);
      if (generation !== undefined) this.accounts.guardGeneration(writes, subject, generation);
      else if (typeof passwordSetAt === 'number') this.passwords.rely(writes, subject, passwordSetAt);
    }
  }

  /** Of a sign-in here: `undefined` once the account is disabled or its sign-ins until then are void (attack class 224). */
  async asOfNow(set: ClaimSet): Promise<ClaimSet | undefined> {
    if (!(await this.isOfNow(set))) return undefined;
    return (await this.accounts.isEnabled(set.subject)) ? { ...set, accountId: set.subject } : undefined;
  }

  private async isOfNow({ subject, generation, passwordSetAt = null, passkey }: ClaimSet): Promise<boolean> {
    if (passkey !== undefined && !(await this.passkeys.has(passkey, subject))) return false;
    if (generation !== undefined) return (await this.accounts.generationOf(subject)) === generation;
    return ((await this.passwords.changedAt(subject)) ?? null) === passwordSetAt;
  }
}
