import type { Duration } from '@valetkey/kernel';

/** What the operator configured about signing in. */
export interface AccountsOptions {
  /** This server's issuer identifier: passkeys belong to its host, authenticator apps show it. */
  readonly issuer: string;
  /** Memory of one argon2id computation, in bytes. */
  readonly passwordMemory: number;
  /** Passes of argon2id over that memory. */
  readonly passwordIterations: number;
  /** A session that nobody used for so long ends. */
  readonly sessionIdle: Duration;
  /** A session ends so long after its sign-in, however much it is used. */
  readonly sessionLifetime: Duration;
  readonly recoveryLinkLifetime: Duration;
}

export const ACCOUNTS_OPTIONS = Symbol('AccountsOptions');
