import { Inject, Injectable } from '@nestjs/common';
import type { Duration, Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { KeyEncryption } from '@valetkey/keys';
import { Database, WriteSet } from '@valetkey/persistence';
import { Secret, TOTP } from 'otpauth';
import { ACCOUNTS_OPTIONS } from '../accounts-options.js';
import type { AccountsOptions } from '../accounts-options.js';
import { OneTimeCodeStore } from '../persistence/one-time-code.store.js';
import { SecondFactorAttempts } from './second-factor-attempts.service.js';

/** What an attempt at a second factor ends with; a wait tells until when. */
export type CodeOutcome = 'accepted' | 'refused' | { readonly until: Instant };

const PERIOD = 30;
const DIGITS = 6;
const SECRET_BYTES = 20;
/** Clocks of telephones differ: the step before and the one after are taken, too (RFC 6238 section 5.2). */
const WINDOW = 1;
const PENDING: Duration = 15 * 60_000;

/**
 * One-time codes of an authenticator app (TOTP, RFC 6238): each time step once, tries limited, secrets encrypted at rest under
 * a key outside the database.
 */
@Injectable()
export class OneTimeCodes {
  constructor(
    private readonly store: OneTimeCodeStore,
    private readonly attempts: SecondFactorAttempts,
    private readonly database: Database,
    private readonly encryption: KeyEncryption,
    private readonly clock: Clock,
    @Inject(ACCOUNTS_OPTIONS) private readonly options: Pick<AccountsOptions, 'issuer'>,
  ) {}

  isEnrolled(accountId: string): Promise<boolean> {
    return this.store.isEnrolled(accountId);
  }

  /**
   * Makes a secret that counts as soon as {@link confirm} saw a code of it; until then a former one stays in use.
   * @param label - what the app shows beside this server's name
   * @returns the secret for typing (base32) and the `otpauth:` address for the app; shown until it is confirmed, kept encrypted
   */
  async begin(accountId: string, label = accountId): Promise<{ secret: string; uri: string }> {
    const secret = new Secret({ size: SECRET_BYTES });
    const writes = new WriteSet();
    const until = this.clock.now() + PENDING;
    const sealed = this.encryption.encrypt(secret.base32, contextOf(accountId));
    this.store.begin(writes, { accountId, secret: sealed, until });
    await this.database.commit(writes);
    return this.shown(secret, label);
  }

  /** The secret that waits for its first code once more, or `undefined` when none was begun lately. */
  async pending(accountId: string, label = accountId): Promise<{ secret: string; uri: string } | undefined> {
    const sealed = await this.store.pending(accountId, this.clock.now());
    if (sealed === undefined) return undefined;
    return this.shown(Secret.fromBase32(this.encryption.decrypt(sealed, contextOf(accountId))), label);
  }

  /** Takes the secret of {@link begin} into use. False for a wrong code, too many tries, or when nothing was begun lately. */
  async confirm(accountId: string, code: string): Promise<boolean> {
    const outcome = await this.attempts.make(accountId, async () => {
      const sealed = await this.store.pending(accountId, this.clock.now());
      const step = this.stepOf(accountId, sealed, code);
      if (sealed === undefined || step === undefined) return false;
      const writes = new WriteSet();
      this.store.confirm(writes, accountId, { secret: sealed, step });
      return this.database.tryCommit(writes);
    });
    return outcome === 'accepted';
  }

  /** A code of the secret in use. Accepted once, whatever happens at the same time. */
  attempt(accountId: string, code: string): Promise<CodeOutcome> {
    return this.attempts.make(accountId, async () => {
      const sealed = await this.store.find(accountId);
      const step = this.stepOf(accountId, sealed, code);
      if (sealed === undefined || step === undefined) return false;
      const writes = new WriteSet();
      this.store.use(writes, accountId, { secret: sealed, step });
      return this.database.tryCommit(writes);
    });
  }

  /** The account needs no code any more. */
  async remove(accountId: string): Promise<void> {
    const writes = new WriteSet();
    this.store.remove(writes, accountId);
    await this.database.commit(writes);
  }

  private shown(secret: Secret, label: string): { secret: string; uri: string } {
    const issuer = new URL(this.options.issuer).host;
    return { secret: secret.base32, uri: totpOf(secret, { issuer, label }).toString() };
  }

  /** The time step that the code belongs to, or `undefined`. */
  private stepOf(accountId: string, sealed: string | undefined, code: string): number | undefined {
    const token = code.normalize('NFKC').replace(/\s/g, '');
    if (sealed === undefined || !/^\d{6}$/.test(token)) return undefined;
    const secret = Secret.fromBase32(this.encryption.decrypt(sealed, contextOf(accountId)));
    const timestamp = this.clock.now();
    const totp = totpOf(secret, {});
    const delta = totp.validate({ token, timestamp, window: WINDOW });
    return delta === null ? undefined : totp.counter({ timestamp }) + delta;
  }
}

function totpOf(secret: Secret, names: { issuer?: string; label?: string }): TOTP {
  return new TOTP({ ...names, secret, algorithm: 'SHA1', digits: DIGITS, period: PERIOD });
}

function contextOf(accountId: string): string {
  return `one-time-code ${accountId}`;
}
