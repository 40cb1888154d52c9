import { Injectable } from '@nestjs/common';
import { SecurityEvents } from '@valetkey/audit';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { Person } from '../domain/person.js';
import { OneTimeCodeStore } from '../persistence/one-time-code.store.js';
import type { Waiter } from '../passwords/password-hasher.service.js';
import { HasherBusy } from '../passwords/password-hasher.service.js';
import { localStrategy } from './local-strategy.js';
import type { Claimant } from './password-check.service.js';
import { PasswordCheck } from './password-check.service.js';
import type { LetThrough } from './sign-in-throttle.service.js';
import { SignInThrottle } from './sign-in-throttle.service.js';

/** What became of a name and a password. Why they were refused is told to nobody. */
export type PasswordOutcome =
  | {
      readonly outcome: 'accepted';
      readonly person: Person;
      readonly needsSecondFactor: boolean;
      /** The `authTime` of the session. */
      readonly authTime: Instant;
    }
  | { readonly outcome: 'refused' }
  | { readonly outcome: 'wait'; readonly until: Instant };

interface Presented {
  readonly name: string;
  readonly password: string;
  readonly address: string;
  readonly device: string | undefined;
}

const REFUSED = { outcome: 'refused' } as const;

/** Signs people in by user name (or e-mail address) and password: passport's local strategy, with a throttle before it. */
@Injectable()
export class PasswordSignIn {
  constructor(
    private readonly check: PasswordCheck,
    private readonly throttle: SignInThrottle,
    private readonly oneTimeCodes: OneTimeCodeStore,
    private readonly events: SecurityEvents,
    private readonly clock: Clock,
  ) {}

  /** Before the first attempt: its work, too, is that of the costliest password that is kept (attack class 230). */
  prepare(): Promise<void> {
    return this.check.prepare();
  }

  /**
   * Same answer and same work for unknown, disabled and known accounts. Counted before it is tried, so that many at once are no
   * more guesses than many one after the other.
   * @param address - where the request comes from
   * @param device - what an earlier sign-in left in this browser (`KnownPlaces`)
   */
  attempt(name: string, password: string, address: string, device?: string): Promise<PasswordOutcome> {
    const authenticate = localStrategy<PasswordOutcome>(
      (username, secret) => this.decide({ name: username, password: secret, address, device }),
      ({ outcome }) => outcome === 'accepted',
      REFUSED,
    );
    return authenticate(name, password);
  }

  private async decide(presented: Presented): Promise<PasswordOutcome> {
    const claimant = await this.check.claimantOf(presented.name);
    const through = await this.throttle.admit({ ...presented, accountId: claimant.person?.id });
    if ('until' in through) {
      this.note('throttled', claimant);
      return { outcome: 'wait', until: through.until };
    }
    try {
      const startedAt = this.clock.now();
      const isRight = await this.check.verify(claimant, presented.password, waiterOf(through));
      const refusal = refusalOf(claimant, isRight);
      if (refusal !== undefined || !claimant.person) {
        this.note(refusal ?? 'unknown_account', claimant);
        return REFUSED;
      }
      return await this.accept({ claimant, person: claimant.person, presented, through, startedAt });
    } catch (cause) {
      if (!(cause instanceof HasherBusy)) throw cause;
      await this.throttle.withdraw(through);
      this.note('overloaded', claimant);
      return { outcome: 'wait', until: cause.until };
    }
  }

  private async accept(accepted: {
    readonly claimant: Claimant;
    readonly person: Person;
    readonly presented: Presented;
    readonly through: LetThrough;
    readonly startedAt: Instant;
  }): Promise<PasswordOutcome> {
    const { claimant, person, presented, through, startedAt } = accepted;
    await this.throttle.accepted(through);
    await this.check.improve(claimant, presented.password).catch(ignoreBusy);
    const needsSecondFactor = await this.oneTimeCodes.isEnrolled(person.id);
    this.events.record({ event: 'password_accepted', accountId: person.id });
    // Not before the password was set, whose instant may be of another node's clock.
    const authTime = Math.max(startedAt, claimant.password?.changedAt ?? 0);
    return { outcome: 'accepted', person, needsSecondFactor, authTime };
  }

  private note(reason: string, { person }: Claimant): void {
    this.events.record({ event: 'sign_in_refused', reason, ...(person && { accountId: person.id }) });
  }
}

/** A known device alone has a claim to a place: a network may be anybody's. */
function waiterOf({ deviceBucket }: LetThrough): Waiter {
  return deviceBucket === undefined ? 'stranger' : 'known';
}

/** Why the person is not signed in, or `undefined`. Looked at after the password was checked, whatever it is. */
function refusalOf({ person, password }: Claimant, isRight: boolean): string | undefined {
  if (!person) return 'unknown_account';
  if (!password) return 'no_password';
  if (!isRight) return 'wrong_password';
  return person.enabled ? undefined : 'account_disabled';
}

/** The old parameters do for another while. */
function ignoreBusy(cause: unknown): void {
  if (!(cause instanceof HasherBusy)) throw cause;
}
