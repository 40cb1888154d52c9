import { Inject, Injectable } from '@nestjs/common';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import type { Options } from '@node-rs/argon2';
import type { Duration, Instant } from '@valetkey/kernel';
import { Clock, newId } from '@valetkey/kernel';
import { ACCOUNTS_OPTIONS } from '../accounts-options.js';
import type { AccountsOptions } from '../accounts-options.js';
import { normalizePassword } from '../domain/password-policy.js';

/** Computations that may wait for their turn; the last of them waits a second or two. */
const MOST_WAITING = 50;
/** The other places are kept, so that strangers, however many they are, keep nobody out whose device is known. */
const MOST_STRANGERS = 40;
const COME_AGAIN: Duration = 5_000;

/** Who waits for a computation: somebody with a claim to a place, such as a device that is known or a session, or anybody. */
export type Waiter = 'known' | 'stranger';

/** So many computations wait already that another would only make all of them late. */
export class HasherBusy extends Error {
  /** @param until - when to try again */
  constructor(readonly until: Instant) {
    super('too many passwords are being checked');
    this.name = 'HasherBusy';
  }
}

/**
 * argon2id (RFC 9106) on the thread pool, one computation at a time: each takes a core and its memory for some ten
 * milliseconds, and requests must not wait for them (attack class 261).
 */
@Injectable()
export class PasswordHasher {
  private readonly parameters: Required<Pick<Options, 'memoryCost' | 'timeCost' | 'parallelism' | 'algorithm'>>;
  private readonly waiting: (() => void)[] = [];
  private isRunning = false;
  private stranger: Promise<string> | undefined;

  constructor(
    @Inject(ACCOUNTS_OPTIONS) options: Pick<AccountsOptions, 'passwordMemory' | 'passwordIterations'>,
    private readonly clock: Clock,
  ) {
    this.parameters = {
      memoryCost: Math.floor(options.passwordMemory / 1024),
      timeCost: options.passwordIterations,
      parallelism: 1,
      // Argon2id; the package's enumeration exists for its types only.
      algorithm: 2,
    };
  }

  /** The PHC string of a password that keeps the policy. @throws HasherBusy */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalizePassword(password) ?? password, this.parameters));
  }

  /**
   * Whether the password is the one of a PHC string. Takes the same time without one, since then another is computed, and for
   * texts that are too long to be anybody's password.
   * @param waiter - strangers find fewer places to wait at
   * @throws HasherBusy
   */
  async verify(stored: string | undefined, password: string, waiter: Waiter = 'known'): Promise<boolean> {
    const normalized = normalizePassword(password);
    const against = stored ?? (await (this.stranger ??= this.hash(newId('nobody'))));
    const matches = await this.inTurn(() => verify(against, normalized ?? ''), waiter);
    return matches && stored !== undefined && normalized !== undefined;
  }

  /** True when the parameters are not those of today's policy. */
  needsRehash(stored: string): boolean {
    const { memoryCost, timeCost, parallelism, algorithm } = parseOptions(stored);
    const wanted = this.parameters;
    return (
      memoryCost !== wanted.memoryCost ||
      timeCost !== wanted.timeCost ||
      parallelism !== wanted.parallelism ||
      algorithm !== wanted.algorithm
    );
  }

  /** Computes what {@link verify} needs for strangers, so that the first of them takes no longer. */
  async prepare(): Promise<void> {
    await this.verify(undefined, '');
  }

  private async inTurn<T>(compute: () => Promise<T>, waiter: Waiter = 'known'): Promise<T> {
    if (this.isRunning) {
      const most = waiter === 'known' ? MOST_WAITING : MOST_STRANGERS;
      if (this.waiting.length >= most) throw new HasherBusy(this.clock.now() + COME_AGAIN);
      // The one before hands the turn over without giving it back, so nobody comes between.
      await new Promise<void>((turn) => this.waiting.push(turn));
    }
    this.isRunning = true;
    try {
      return await compute();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.isRunning = false;
    }
  }
}
