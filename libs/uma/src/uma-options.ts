import type { Duration } from '@valetkey/kernel';

/** What the operator configured about UMA. */
export interface UmaOptions {
  readonly ticketLifetime: Duration;
  readonly needInfoTicketLifetime: Duration;
  readonly submittedTicketLifetime: Duration;
  readonly pollInterval: Duration;
  readonly openRequestsPerOwner: number;
  /** Whether owners hear by mail that somebody waits. */
  readonly ownerNotices: boolean;
}

export const UMA_OPTIONS = Symbol('UmaOptions');
