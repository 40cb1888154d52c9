import type { WriteSet } from '@valetkey/persistence';

/** What applications got because somebody signed in: the application that knows of tokens provides it. */
export abstract class SignInResults {
  /** Voids all that came from sign-ins of the account: in the same write-set as what makes them doubtful. */
  abstract void(writes: WriteSet, accountId: string): void;
}
