import type { Party } from '@valetkey/authorizations';

/** A requesting party as owners read her. */
export function partyAnswer({ accountId, ...party }: Party): unknown {
  return { ...party, account_id: accountId };
}
