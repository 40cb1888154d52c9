/** Why a call to somebody else's address brought no answer; for logs, never for who registered the address. */
export type OutboundFailureReason =
  'address_forbidden' | 'name_unknown' | 'connection_failed' | 'too_slow' | 'too_long';

/** A call that brought no answer. */
export class OutboundFailure extends Error {
  constructor(
    readonly reason: OutboundFailureReason,
    cause?: unknown,
  ) {
    super(`the call brought no answer: ${reason}`, { cause });
    this.name = 'OutboundFailure';
  }
}
