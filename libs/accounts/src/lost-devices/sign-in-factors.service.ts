import { Injectable } from '@nestjs/common';
import type { WriteSet } from '@valetkey/persistence';
import { OneTimeCodeStore } from '../persistence/one-time-code.store.js';
import { PasskeyStore } from '../persistence/passkey.store.js';
import { PasswordStore } from '../persistence/password.store.js';
import { RecoveryCodeStore } from '../persistence/recovery-code.store.js';

/** What somebody has lost: the authenticator app with its recovery codes, the recovery codes alone, all passkeys. */
export type LostThing = 'app' | 'recovery_codes' | 'passkeys';

/** What an account signs in with. */
export interface Factors {
  readonly password: boolean;
  readonly app: boolean;
  readonly recoveryCodes: number;
  readonly passkeys: number;
}

/** Everything that an account signs in with, seen and taken away together. */
@Injectable()
export class SignInFactors {
  constructor(
    private readonly passwords: PasswordStore,
    private readonly oneTimeCodes: OneTimeCodeStore,
    private readonly recoveryCodes: RecoveryCodeStore,
    private readonly passkeys: PasskeyStore,
  ) {}

  async of(accountId: string): Promise<Factors> {
    const [password, app, recoveryCodes, passkeys] = await Promise.all([
      this.passwords.find(accountId),
      this.oneTimeCodes.isEnrolled(accountId),
      this.recoveryCodes.count(accountId),
      this.passkeys.ofAccount(accountId),
    ]);
    return { password: password !== undefined, app, recoveryCodes, passkeys: passkeys.length };
  }

  /** Whatever is left to sign in with. */
  remove(writes: WriteSet, accountId: string, lost: readonly LostThing[]): void {
    if (lost.includes('app')) this.oneTimeCodes.remove(writes, accountId);
    if (lost.includes('app') || lost.includes('recovery_codes')) this.recoveryCodes.removeAll(writes, accountId);
    if (lost.includes('passkeys')) this.passkeys.removeAll(writes, accountId);
  }
}
