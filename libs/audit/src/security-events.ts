/** Something an operator should be able to see: never with a token, secret or claim value in it. */
export interface SecurityEvent {
  readonly event: string;
  readonly reason?: string;
  /** Of a client that exists: what a caller merely claims to be may be a secret in the wrong place. */
  readonly clientId?: string;
  readonly accountId?: string;
  /** Where the request came from. */
  readonly address?: string;
  /** Identifies a token or record without giving it away. */
  readonly reference?: string;
}

/** Where security events go. The application provides one that writes structured log lines. */
export abstract class SecurityEvents {
  abstract record(event: SecurityEvent): void;
}
