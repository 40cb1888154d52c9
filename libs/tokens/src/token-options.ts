import type { Duration } from '@valetkey/kernel';

/** What the operator configured about tokens. */
export interface TokenOptions {
  /** This server's issuer identifier, byte for byte. */
  readonly issuer: string;
  readonly accessTokenLifetime: Duration;
  readonly rptLifetime: Duration;
  readonly refreshTokenLifetime: Duration;
  /** For how long a repeated use of a refresh token may be a lost answer. */
  readonly refreshTokenGrace: Duration;
  readonly pctLifetime: Duration;
  /** Whether every DPoP proof must carry a nonce of this server (RFC 9449 section 8). */
  readonly requireDpopNonce: boolean;
}

export const TOKEN_OPTIONS = Symbol('TokenOptions');
