import type { AccountChange } from '@valetkey/accounts';

/**
 * Messages by mail about changes in how a person signs in, as plain text. The addresses in one open pages and change nothing by
 * being opened. Names come cleaned and in one line.
 */
export interface SecurityMailMessages {
  readonly subject: (host: string) => string;
  readonly greeting: (person: string) => string;
  readonly lead: (host: string) => string;
  /** What was changed, in a sentence. */
  readonly changes: Readonly<Record<AccountChange, (called: string) => string>>;
  readonly itWasMe: string;
  readonly itWasNotMe: string;
  readonly choosePassword: (address: string) => string;
  readonly endSessions: (address: string) => string;
  readonly lookAfter: (address: string) => string;
  readonly tell: (host: string) => string;
}
