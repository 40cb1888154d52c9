/** Why a call to the authorization server brought nothing usable. */
export type FailureReason =
  /** No connection, or it broke. */
  | 'unreachable'
  /** No complete answer within the time-out. */
  | 'timed_out'
  /** The answer is larger than the limit. */
  | 'too_large'
  /** The answer is a redirect; redirects are never followed, they could carry a token to another host. */
  | 'redirected'
  /** The answer is not what the specification says: no JSON, a missing member, an unexpected status. */
  | 'bad_answer'
  /** The metadata names another issuer than the one asked for (RFC 8414 section 3.3). */
  | 'wrong_issuer'
  /** The server understood and refused; `status` and `code` say more. */
  | 'refused';

/** The authorization server could not be used, or refused. The message never carries a token, a secret or a body. */
export class AuthorizationServerError extends Error {
  override readonly name = 'AuthorizationServerError';
  /** HTTP status of the answer, if there was one. */
  readonly status: number | undefined;
  /** The `error` member of the answer, for example `invalid_grant`, if there was one. */
  readonly code: string | undefined;

  constructor(
    readonly reason: FailureReason,
    message: string,
    details: { status?: number; code?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.status = details.status;
    this.code = details.code;
  }
}
