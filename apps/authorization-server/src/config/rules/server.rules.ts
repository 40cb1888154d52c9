import type { ProblemList } from '../problem-list.js';
import type { SettingsDraft } from '../schema/settings.schema.js';
import { checkTls } from './tls.rules.js';
import { refuseRepeated } from './uniqueness.js';

/** Rules of the groups that concern the server itself: database, keys, wording of scopes. */
export function checkServer(draft: SettingsDraft, problems: ProblemList): void {
  if (draft.database.type === 'postgres') checkPostgres(draft, problems);
  if (draft.database.type === 'sqlite') checkSqlite(draft, problems);
  checkKeys(draft, problems);
  checkTls(draft, problems);
  refuseRepeated(
    draft.scopes.map((scope, index) => ({ value: scope.name, path: ['scopes', index, 'name'] })),
    'has its wording twice',
    problems,
  );
}

function checkPostgres({ database, keys }: SettingsDraft, problems: ProblemList): void {
  if (database.url === undefined) problems.addUnlessReported(['database', 'url'], 'is required for postgres');
  if (database.path !== undefined)
    problems.addUnlessReported(['database', 'path'], 'must not be given: it is for sqlite');
  // Several servers share one database: a key made by one of them would lock out the others.
  if (keys.encryption_key === undefined) {
    problems.addUnlessReported(
      ['keys', 'encryption_key'],
      'is required for postgres: 32 random bytes in base64url, the same for every server of one database',
    );
  }
}

function checkSqlite({ database }: SettingsDraft, problems: ProblemList): void {
  for (const member of ['url', 'pool', 'query_timeout'] as const) {
    if (database[member] === undefined) continue;
    problems.addUnlessReported(['database', member], 'must not be given: it is for postgres');
  }
}

function checkKeys({ keys }: SettingsDraft, problems: ProblemList): void {
  const { signing_algorithm: algorithm, algorithms, publish_ahead: ahead, rotate_every: every } = keys;
  if (algorithm !== undefined && algorithms !== undefined && !algorithms.includes(algorithm)) {
    problems.addUnlessReported(['keys', 'signing_algorithm'], 'must be one of keys.algorithms');
  }
  if (ahead !== undefined && every !== undefined && ahead >= every) {
    problems.addUnlessReported(['keys', 'publish_ahead'], 'must be shorter than keys.rotate_every');
  }
}
