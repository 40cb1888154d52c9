import type { Instant } from '@valetkey/kernel';

/** What was changed in how a person signs in; those of `operator_` were done by who runs the server. */
export type AccountChange =
  | 'password_changed'
  | 'password_recovered'
  | 'operator_set_password'
  | 'app_added'
  | 'app_removed'
  | 'recovery_codes_made'
  | 'passkey_added'
  | 'passkey_removed'
  | 'operator_removed_app'
  | 'operator_removed_recovery_codes'
  | 'operator_removed_passkeys';

/** A change that the person has still to be told of. */
export interface AccountNotice {
  readonly id: string;
  readonly accountId: string;
  readonly change: AccountChange;
  /** What the person called the thing; untrusted, empty where there is no name. Never a secret. */
  readonly called: string;
  readonly changedAt: Instant;
  /** When the same happened again; the same as `changedAt` where it happened once. */
  readonly lastChangedAt: Instant;
  /** How often it was tried already. */
  readonly attempts: number;
}
