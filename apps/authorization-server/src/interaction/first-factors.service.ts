import { Injectable } from '@nestjs/common';
import type { CodeOutcome, Place } from '@valetkey/accounts';
import { OneTimeCodes, RecoveryCodes } from '@valetkey/accounts';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { InteractionStore } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import { PageError } from '../pages/http/page-error.js';
import type { SignInReason } from './interaction-kind.js';
import type { Opened } from './interaction-opener.service.js';

/** A code of the authenticator app, or one that was kept for the day when there is none. */
export type CodeKind = 'app' | 'recovery_code';

/** The first factor holds for so long that a code can be fetched, and no longer. */
const HOLDS = 600_000;

/** Somebody who has passed the first of two factors. */
export interface PassedFirst {
  readonly accountId: string;
  /** When she gave it. */
  readonly at: Instant;
  /** It is the sign-in of her session, which is to become stronger, and not a new one. */
  readonly isSession: boolean;
}

/** Who has passed the first of two factors in an interaction. */
@Injectable()
export class FirstFactors {
  constructor(
    private readonly interactions: InteractionStore,
    private readonly codes: OneTimeCodes,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws PageError when the interaction is over */
  async remember({ interaction }: Opened, accountId: string, at: Instant): Promise<void> {
    const writes = new WriteSet();
    this.interactions.passFirst(writes, interaction, { accountId, at });
    if (!(await this.database.tryCommit(writes))) throw new PageError('expired', 'interaction_over');
  }

  /**
   * A first factor that no longer holds, since the password was changed meanwhile.
   * @throws PageError when the interaction is over
   */
  async forget({ interaction }: Opened): Promise<void> {
    const writes = new WriteSet();
    this.interactions.forgetFirst(writes, interaction);
    if (!(await this.database.tryCommit(writes))) throw new PageError('expired', 'interaction_over');
  }

  /** The second factor of an account that passed the first. */
  complete(accountId: string, code: string, kind: CodeKind, place: Place): Promise<CodeOutcome> {
    return (kind === 'app' ? this.codes : this.recoveryCodes).attempt(accountId, code, place);
  }

  /** What the next code meets that is tried here. */
  standing(accountId: string, place: Place): ReturnType<OneTimeCodes['standing']> {
    return this.codes.standing(accountId, place);
  }

  /**
   * Who has only her code to give, or `undefined`: she passed the first factor just now, or is signed in with it where more is
   * asked for. Where she has to sign in again, the session is no factor (attack classes 28, 232).
   */
  async waitingForCode({ interaction, visitor }: Opened, why: SignInReason): Promise<PassedFirst | undefined> {
    const { firstFactor } = interaction;
    if (firstFactor && this.clock.now() < firstFactor.at + HOLDS) return { ...firstFactor, isSession: false };
    const { session } = visitor;
    if (why !== 'stronger' || !session || !(await this.codes.isEnrolled(session.accountId))) return undefined;
    return { accountId: session.accountId, at: session.authTime, isSession: true };
  }
}
