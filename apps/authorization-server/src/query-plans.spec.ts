import { jest } from '@jest/globals';
import * as persistence from '@valetkey/persistence';
import type { Statement } from '@valetkey/persistence';
import { createPlace, describeEngines, fullScans } from '@valetkey/testing';

/** Every statement of the program: all of them are made at module level, and the program's module leads to all modules. */
const statements = new Map<string, Statement>();
jest.unstable_mockModule('@valetkey/persistence', () => ({
  ...persistence,
  statement: (sql: string) => {
    const made = persistence.statement(sql);
    statements.set(made.sql, made);
    return made;
  },
}));
await import('./app.module.js');

/** They hold what operators write or bound, a few hundred rows mostly. A table that is not named here grows. */
const SMALL = [
  'client',
  // Their number is bounded (`registration.clients`), and counted.
  'client_registration',
  'client_secret',
  // A dozen for each client.
  'client_word',
  'migrations',
  'resource_server',
  'scope_wording',
  'scope_wording_edit',
  'server_contact',
  'signing_key',
  'trusted_issuer',
];

/** What must be among them, or this test looks at nothing. */
const KNOWN: readonly [what: string, beginning: string][] = [
  ['the resources of a resource server', 'SELECT id FROM resource WHERE resource_server_id = ?'],
  ['the resources of an owner', 'SELECT res.* FROM resource res WHERE res.owner = ?'],
  ['policies', 'SELECT * FROM policy WHERE owner = ? AND id > ?'],
  ['policies of a resource', 'SELECT * FROM policy WHERE resource_id = ?'],
  ['requests', 'SELECT * FROM access_request WHERE owner = ? AND id > ?'],
  ['pending requests', `SELECT * FROM access_request WHERE owner = ? AND state = 'pending'`],
  ['authorizations', 'SELECT * FROM authorization_record WHERE owner = ?'],
  ['ceilings', 'SELECT * FROM authorization_permission WHERE authorization_id = ? AND resource_id > ?'],
  ['the first ceilings of many records', 'SELECT authorization_id, resource_id, scopes, policy_ids, expires_at FROM ('],
  ['the sums of many records', 'SELECT authorization_id, scopes, count(*)'],
  ['many resources', 'SELECT * FROM resource WHERE id IN (?'],
  ['the names of many clients', 'SELECT id, name, publisher, logo_uri FROM client WHERE id IN (?'],
  ['people by their words', 'SELECT w.account_id AS id FROM (SELECT word'],
  ['a token', 'SELECT t.*'],
  ['a refresh token', 'SELECT r.*'],
  ['a ticket', 'SELECT * FROM permission_ticket WHERE hash = ?'],
  ...['token', 'refresh_token', 'token_family', 'replay_mark', 'permission_ticket', 'policy', 'access_request'].map(
    (table): [string, string] => [`the expiry of ${table}`, `DELETE FROM ${table} WHERE`],
  ),
  ['the expiry of permissions', 'SELECT authorization_id, resource_id FROM authorization_permission WHERE expires_at'],
  ['the expiry of records', 'SELECT id, owner, client_id, scopes, origin, expires_at FROM'],
];

it.each(KNOWN)('the statements of %s are looked at', (_what, beginning) => {
  expect([...statements.keys()].filter((sql) => sql.startsWith(beginning))).not.toEqual([]);
});

describeEngines('plans of all statements', (engine) => {
  const scansOf = async (some: Iterable<Statement>): Promise<string[]> => {
    const place = await createPlace(engine);
    const open = await place.open();
    try {
      return await fullScans(open, { statements: some, small: SMALL });
    } finally {
      await open.close();
      await place.remove();
    }
  };

  it('none reads the whole of a table that grows', async () => {
    expect(await scansOf(statements.values())).toEqual([]);
  });

  it('one that does would be found', async () => {
    const reading = [
      'SELECT * FROM policy WHERE scopes = ?',
      'SELECT p.id FROM resource r JOIN policy p ON p.client_id = r.name WHERE r.id = ?',
      'DELETE FROM token WHERE client_id = ?',
      'SELECT hash FROM token ORDER BY hash',
    ];
    const found = await scansOf([...reading, 'SELECT * FROM client'].map((sql) => persistence.statement(sql)));
    expect(found.map((line) => line.slice(line.indexOf(': ') + 2))).toEqual(reading);
  });
});
