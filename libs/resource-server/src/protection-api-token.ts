import { GRANT_TYPE, SERVER_SCOPE } from '@valetkey/protocol';
import type { AuthorizationServer } from './authorization-server.js';
import { AuthorizationServerError } from './errors.js';
import { type JsonObject, optionalNumber, optionalText, textMember } from './json.js';
import { SingleFlight } from './single-flight.js';

/** A resource owner's connection to this resource server: the newest refresh token, and where to keep the next one. */
export interface OwnerConnection {
  refreshToken: string;
  /**
   * Stores a rotated refresh token. Awaited before the access token that came with it is used, so that a crash cannot
   * leave the only valid refresh token in memory.
   */
  save: (refreshToken: string) => Promise<void> | void;
}

/** A token is renewed so many milliseconds before it expires, or after four fifths of a shorter life. */
const RENEW_AHEAD_MS = 60_000;
/** Assumed when the server does not say how long its token lives (RFC 6749 section 5.1 only recommends it). */
const UNKNOWN_LIFETIME_S = 60;

/**
 * Keeps a valid PAT at hand (FedAuthz section 1.3). With an `OwnerConnection` the PAT is that of a person; without one
 * the resource server uses client credentials and is itself the resource owner.
 */
export class ProtectionApiToken {
  private current: { value: string; renewAt: number } | undefined;
  private readonly renewal = new SingleFlight<string>();
  private refreshToken: string | undefined;

  constructor(
    private readonly server: AuthorizationServer,
    private readonly connection?: OwnerConnection,
  ) {
    this.refreshToken = connection?.refreshToken;
  }

  /** A PAT that is valid now. Concurrent callers share one renewal: a rotating refresh token must not be used twice. */
  async value(): Promise<string> {
    if (this.current && this.server.now() < this.current.renewAt) return this.current.value;
    return this.renewal.run('', () => this.renew());
  }

  /** Forgets a PAT that the server has refused, unless a newer one is here already. */
  discard(value: string): void {
    if (this.current?.value === value) this.current = undefined;
  }

  private async renew(): Promise<string> {
    const { tokenEndpoint } = await this.server.metadata();
    const answer = await this.server.sendAsClient(tokenEndpoint, this.grant());
    await this.keepRotated(optionalText(answer, 'refresh_token'));
    const value = bearerToken(answer);
    this.current = { value, renewAt: this.server.now() + timeUntilRenewal(answer) };
    return value;
  }

  private grant(): Record<string, string> {
    return this.refreshToken === undefined
      ? { grant_type: GRANT_TYPE.clientCredentials, scope: SERVER_SCOPE.protection }
      : { grant_type: GRANT_TYPE.refreshToken, refresh_token: this.refreshToken };
  }

  private async keepRotated(rotated: string | undefined): Promise<void> {
    if (!this.connection || rotated === undefined || rotated === this.refreshToken) return;
    // Remembered before it is stored: if storing fails, the next try must not present the used one (it would look stolen).
    this.refreshToken = rotated;
    await this.connection.save(rotated);
  }
}

function bearerToken(answer: JsonObject): string {
  const scope = optionalText(answer, 'scope');
  if (scope !== undefined && !scope.split(' ').includes(SERVER_SCOPE.protection)) {
    throw new AuthorizationServerError('bad_answer', `The token given does not carry ${SERVER_SCOPE.protection}`);
  }
  if (textMember(answer, 'token_type').toLowerCase() !== 'bearer') {
    throw new AuthorizationServerError('bad_answer', 'The token given is no bearer token');
  }
  return textMember(answer, 'access_token');
}

function timeUntilRenewal(answer: JsonObject): number {
  const lifetime = (optionalNumber(answer, 'expires_in') ?? UNKNOWN_LIFETIME_S) * 1000;
  return Math.max(lifetime - RENEW_AHEAD_MS, lifetime * 0.8);
}
