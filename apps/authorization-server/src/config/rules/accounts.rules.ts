import type { ProblemList } from '../problem-list.js';
import type { SettingsDraft } from '../schema/settings.schema.js';
import { refuseRepeated } from './uniqueness.js';

/** Accounts are distinct from each other and from clients, and nobody outside is two of them. */
export function checkAccounts(draft: SettingsDraft, problems: ProblemList): void {
  const { accounts } = draft;
  refuseRepeated(
    accounts.map((account, index) => ({ value: account.id, path: ['accounts', index, 'id'] })),
    'is the id of another account',
    problems,
  );
  refuseRepeated(
    // People sign in with it: two names that look the same must not be two people.
    accounts.map((account, index) => ({
      value: account.username?.normalize('NFKC').toLowerCase(),
      path: ['accounts', index, 'username'],
    })),
    'is the username of another account',
    problems,
  );
  refuseRepeated(identitiesOf(draft), 'is an identity of another account or listed twice', problems);
  refuseClientIds(draft, problems);
  refuseUnknownOperators(draft, problems);
}

function identitiesOf(draft: SettingsDraft) {
  return draft.accounts.flatMap((account, index) =>
    (account.identities ?? []).map(({ issuer, subject }, position) => ({
      value: JSON.stringify([issuer, subject]),
      path: ['accounts', index, 'identities', position],
    })),
  );
}

/** Otherwise a client could be taken for a person by the `sub` of its tokens (RFC 9700 section 4.15). */
function refuseClientIds(draft: SettingsDraft, problems: ProblemList): void {
  const clientIds = new Set(draft.clients.map((client) => client.client_id));
  draft.accounts.forEach((account, index) => {
    if (account.id !== undefined && clientIds.has(account.id)) {
      problems.addUnlessReported(['accounts', index, 'id'], 'is the client_id of a client');
    }
  });
}

/** A slip of the pen would leave the server without the operator that was meant. */
function refuseUnknownOperators({ accounts, operators }: SettingsDraft, problems: ProblemList): void {
  const known = new Set(accounts.map(({ id }) => id));
  operators.accounts?.forEach((id, index) => {
    if (!known.has(id)) problems.addUnlessReported(['operators', 'accounts', index], 'is no id of `accounts`');
  });
}
