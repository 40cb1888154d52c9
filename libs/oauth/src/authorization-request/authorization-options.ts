import type { Duration } from '@valetkey/kernel';
import type { AuthorizationDetailsType } from '../domain/authorization-request/authorization-details.js';

/** What the operator configured about authorization requests. */
export interface AuthorizationOptions {
  readonly codeLifetime: Duration;
  /** For how long a pushed request can be opened. */
  readonly pushedRequestLifetime: Duration;
  /** For how long a device waits for a person (RFC 8628 section 3.2). */
  readonly deviceCodeLifetime: Duration;
  /** What a device waits between its requests, at first. */
  readonly devicePollInterval: Duration;
  /** Whether every client must push its requests (RFC 9126 section 5). */
  readonly requirePushedRequests: boolean;
  /** For how many days people can allow something; the first is preselected. */
  readonly consentDays: readonly number[];
  /** Whether people can allow something until they end it. */
  readonly consentWithoutEnd: boolean;
  /** What can be asked for in detail (RFC 9396). */
  readonly authorizationDetailsTypes: readonly AuthorizationDetailsType[];
}

export const AUTHORIZATION_OPTIONS = Symbol('AuthorizationOptions');
