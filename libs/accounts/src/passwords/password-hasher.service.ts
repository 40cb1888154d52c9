import { Inject, Injectable } from '@nestjs/common';
import { hash, parseOptions, verify } from '@node-rs/argon2';
import type { Options } from '@node-rs/argon2';
import type { Duration, Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { ACCOUNTS_OPTIONS } from '../accounts-options.js';
import type { AccountsOptions } from '../accounts-options.js';
import { normalizePassword } from '../domain/password-policy.js';

/** Computations that may wait for their turn; the last of them waits a second or two. */
const MOST_WAITING = 50;
/** The other places are kept, so that strangers, however many they are, keep nobody out whose device is known. */
const MOST_STRANGERS = 40;
const COME_AGAIN: Duration = 5_000;

/** What argon2 needs at least, in KiB for each lane. */
const LEAST_MEMORY = 8;

type Cost = Required<Pick<Options, 'memoryCost' | 'timeCost' | 'parallelism'>>;

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
  private costliest: Cost;

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
    this.costliest = this.parameters;
  }

  /** The PHC string of a password that keeps the policy. @throws HasherBusy */
  hash(password: string): Promise<string> {
    return this.inTurn(() => hash(normalizePassword(password) ?? password, this.parameters));
  }

  /**
   * Whether the password is the one of a PHC string. Takes the same time without one, for one that was kept under other parameters
   * than today's, and for texts that are too long to be anybody's password: what is missing to the costliest parameters is computed,
   * too. Those are today's, or costlier ones that are kept from before (attack class 230): {@link prepare} tells of them, and each that
   * another node has kept since is learnt when it is met.
   * @param waiter - strangers find fewer places to wait at
   * @throws HasherBusy
   */
  async verify(stored: string | undefined, password: string, waiter: Waiter = 'known'): Promise<boolean> {
    const normalized = normalizePassword(password);
    const kept = stored === undefined ? undefined : parseOptions(stored);
    if (kept) this.learn(kept);
    // In one turn: how long the next one waits tells no more than how long this one takes.
    const matches = await this.inTurn(async () => {
      const isRight = stored !== undefined && (await verify(stored, normalized ?? ''));
      await this.computeRest(kept === undefined ? 0 : workOf(kept), normalized ?? '');
      return isRight;
    }, waiter);
    return matches && normalized !== undefined;
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

  /**
   * Computes one for nobody, so that the first who comes does not wait for memory and threads.
   * @param kept - PHC strings, one of each policy that passwords are kept by
   */
  async prepare(kept: readonly string[] = []): Promise<void> {
    for (const stored of kept) this.learn(parseOptions(stored));
    await this.verify(undefined, '');
  }

  private learn(cost: Cost): void {
    if (workOf(cost) > workOf(this.costliest)) this.costliest = cost;
  }

  private async computeRest(done: number, password: string): Promise<void> {
    const { timeCost, parallelism } = this.costliest;
    const memoryCost = Math.round((workOf(this.costliest) - done) / timeCost);
    if (memoryCost < LEAST_MEMORY * parallelism) return;
    await hash(password, { ...this.parameters, timeCost, parallelism, memoryCost });
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

/** How much is computed: time is nearly in proportion to it. */
function workOf({ memoryCost, timeCost }: Cost): number {
  return memoryCost * timeCost;
}
