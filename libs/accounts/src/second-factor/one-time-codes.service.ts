import { Injectable } from '@nestjs/common';
import type { Duration } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { Database, WriteSet } from '@valetkey/persistence';
import { AccountNotices } from '../notices/account-notices.service.js';
import { OneTimeCodeStore } from '../persistence/one-time-code.store.js';
import type { Standing } from '../sign-in/attempt-limiter.service.js';
import type { Place } from '../sign-in/known-places.service.js';
import { ownStrategy } from '../sign-in/own-strategy.js';
import type { CodeOutcome, PresentedCode } from './second-factor-attempts.service.js';
import { isAcceptedCode, SecondFactorAttempts } from './second-factor-attempts.service.js';
import type { ShownSecret } from './totp-secrets.service.js';
import { TotpSecrets } from './totp-secrets.service.js';

const PENDING: Duration = 15 * 60_000;

/**
 * One-time codes of an authenticator app (TOTP, RFC 6238): each time step once, tries limited, secrets encrypted at rest under
 * a key outside the database.
 */
@Injectable()
export class OneTimeCodes {
  /** The strategy for codes of an app. */
  private readonly authenticate = ownStrategy(
    'one-time-code',
    (presented: PresentedCode) => this.decide(presented),
    isAcceptedCode,
  );

  constructor(
    private readonly store: OneTimeCodeStore,
    private readonly attempts: SecondFactorAttempts,
    private readonly database: Database,
    private readonly secrets: TotpSecrets,
    private readonly notices: AccountNotices,
    private readonly clock: Clock,
  ) {}

  isEnrolled(accountId: string): Promise<boolean> {
    return this.store.isEnrolled(accountId);
  }

  /**
   * Makes a secret that counts as soon as {@link confirm} saw a code of it; until then a former one stays in use.
   * @param label - what the app shows beside this server's name
   * @returns the secret for typing (base32) and the `otpauth:` address for the app; shown until it is confirmed, kept encrypted
   */
  async begin(accountId: string, label = accountId): Promise<ShownSecret> {
    const writes = new WriteSet();
    const until = this.clock.now() + PENDING;
    const sealed = this.secrets.make(accountId);
    this.store.begin(writes, { accountId, secret: sealed, until });
    await this.database.commit(writes);
    return this.secrets.show(accountId, sealed, label);
  }

  /** The secret that waits for its first code once more, or `undefined` when none was begun lately. */
  async pending(accountId: string, label = accountId): Promise<ShownSecret | undefined> {
    const sealed = await this.store.pending(accountId, this.clock.now());
    return sealed === undefined ? undefined : this.secrets.show(accountId, sealed, label);
  }

  /** Takes the secret of {@link begin} into use. False for a wrong code, too many tries, or when nothing was begun lately. */
  async confirm(accountId: string, code: string): Promise<boolean> {
    const outcome = await this.attempts.confirm(accountId, async () => {
      const sealed = await this.store.pending(accountId, this.clock.now());
      const step = this.secrets.stepOf(accountId, sealed, code);
      if (sealed === undefined || step === undefined) return false;
      const writes = new WriteSet();
      this.store.confirm(writes, accountId, { secret: sealed, step });
      this.notices.tell(writes, accountId, 'app_added');
      return this.database.tryCommit(writes);
    });
    if (outcome === 'accepted') this.notices.record(accountId, 'app_added');
    return outcome === 'accepted';
  }

  /** A code of the secret in use, given at a place. Accepted once, whatever happens at the same time. */
  attempt(accountId: string, code: string, place: Place): Promise<CodeOutcome> {
    return this.authenticate({ accountId, code, place });
  }

  /** What the next try at a code, of whichever kind, meets at a place: so many before a wait, or the wait. */
  standing(accountId: string, place: Place): Promise<Standing> {
    return this.attempts.standing(accountId, place);
  }

  /** The account needs no code any more. */
  async remove(accountId: string): Promise<void> {
    const isOn = await this.store.isEnrolled(accountId);
    const writes = new WriteSet();
    this.store.remove(writes, accountId);
    if (isOn) this.notices.tell(writes, accountId, 'app_removed');
    await this.database.commit(writes);
    if (isOn) this.notices.record(accountId, 'app_removed');
  }

  private decide({ accountId, code, place }: PresentedCode): Promise<CodeOutcome> {
    return this.attempts.make(accountId, place, async () => {
      const sealed = await this.store.find(accountId);
      const step = this.secrets.stepOf(accountId, sealed, code);
      if (sealed === undefined || step === undefined) return false;
      const writes = new WriteSet();
      this.store.use(writes, accountId, { secret: sealed, step });
      return this.database.tryCommit(writes);
    });
  }
}
