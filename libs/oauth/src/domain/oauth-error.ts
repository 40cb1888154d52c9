import type { ErrorCode } from '@valetkey/protocol';
import { ERROR_STATUS } from '@valetkey/protocol';
import type { Reason } from './reasons.js';
import { REASONS } from './reasons.js';

/**
 * A request that cannot be answered as asked. Thrown, so nothing of the request is written; a refusal that must be
 * remembered is a `Refused` value instead.
 */
export class OAuthError extends Error {
  /**
   * @param code - the registered error code, sent
   * @param reason - the precise reason, for logs and tests, never sent
   * @param headers - further response headers, e.g. `WWW-Authenticate`
   * @param status - another HTTP status than the code's own, where a specification says so
   */
  constructor(
    readonly code: ErrorCode,
    readonly reason: Reason,
    readonly headers: Readonly<Record<string, string>> = {},
    readonly status: number = ERROR_STATUS[code],
  ) {
    super(`${code}: ${reason}`);
    this.name = 'OAuthError';
  }

  /** The JSON body (RFC 6749 section 5.2). */
  get body(): { error: ErrorCode; error_description: string } {
    return { error: this.code, error_description: REASONS[this.reason] };
  }
}
