import type { ServerHealth } from './services/server-health.service.js';
import { PersonDirectory, Persons } from '@valetkey/accounts';
import type { AuthorizationRecord, UsageRecorder } from '@valetkey/authorizations';
import { OwnerEndStore, PermissionCeilingStore, rootAuthorization } from '@valetkey/authorizations';
import { ClientRegistry, ClientStore, ResourceServerStore } from '@valetkey/clients';
import { TrustedIssuerStore } from '@valetkey/federation';
import { describeDatabases, SetClock, WatchedDatabase } from '@valetkey/testing';
import type { AccessRequest } from '@valetkey/uma';
import { AccessRequestStore, ResourceStore, ShareStore } from '@valetkey/uma';
import { AuthorizationAnswers } from './authorization-answers.service.js';
import { OwnerNames } from './owner-names.service.js';
import { ConsoleNames } from './naming/console-names.service.js';
import type { EndedGifts } from './requests/ended-gifts.service.js';
import { RequestAnswers } from './requests/request-answers.service.js';
import { RequestContexts } from './requests/request-contexts.service.js';
import { RequestViews } from './requests/request-views.service.js';
import { SubjectNames } from './subjects/subject-names.service.js';
import { ScopeWordingStore } from './scope-wording.store.js';
import { WordingEditStore } from './wording/wording-edit.store.js';

const NOW = 1_700_000_000_000;
const RECORDS = 200;
const RESOURCES = 100;
const ALL = RECORDS * RESOURCES;
const NUMBERS = `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ${ALL - 1})`;
const PADDED = `substr(CAST(100000 + i AS text), 2)`;

const idOf = (letter: string, number: number) => `${letter}_${String(number).padStart(5, '0')}`;
const records: AuthorizationRecord[] = Array.from({ length: RECORDS }, (_, index) =>
  rootAuthorization({ id: idOf('g', index), origin: 'uma', owner: 'account:alice', clientId: idOf('c', index) }, NOW),
);
const request = (index: number): AccessRequest => ({
  id: `q_${index}`,
  owner: 'account:alice',
  resourceServerId: 'photos',
  clientId: idOf('c', index),
  party: { issuer: 'https://partner.example', subject: 'dave' },
  requestKey: `${index}`,
  permissions: Array.from({ length: 50 }, (_, at) => ({ resourceId: idOf('r', index * 50 + at), scopes: ['view'] })),
  state: 'pending',
  createdAt: NOW,
  expiresAt: NOW + 1,
  decidedAt: null,
  version: 1,
});

interface Listed {
  readonly client: { readonly name: string };
  readonly resources: readonly { readonly name: string; readonly rs_name: string }[];
}

const wordingOf = (database: WatchedDatabase) =>
  new ScopeWordingStore(database, new WordingEditStore(database), { pages: { languages: ['en', 'de'] } });
/** Nothing that was given is over. */
const nothingOver = { of: () => Promise.resolve(() => []) } as unknown as EndedGifts;
/** Every service answers. */
const health = { silent: () => Promise.resolve(new Map()) } as unknown as ServerHealth;

describeDatabases('IR-40: the names on the longest page', (open) => {
  beforeAll(async () => {
    const sql = (text: string) => open().dataSource.query<unknown>(text);
    await sql(`INSERT INTO resource (id, owner, resource_server_id, description, scopes, version, policy_version, created_at,
      updated_at) ${NUMBERS} SELECT 'r_' || ${PADDED}, 'account:alice', 'photos', '{"name":"Album ' || i || '"}', '[]', 1, 1, 1, 1
      FROM n`);
    await sql(`INSERT INTO authorization_permission (authorization_id, resource_id, scopes, policy_ids) ${NUMBERS}
      SELECT 'g_' || substr(CAST(100000 + i / ${RESOURCES} AS text), 2), 'r_' || ${PADDED}, '["view"]', '[]' FROM n`);
    await sql(`INSERT INTO client (id, name, type, authentication_method, grant_types, scopes, audiences, access_token_format,
      enabled, managed_by, created_at, updated_at) ${NUMBERS} SELECT 'c_' || ${PADDED}, 'Shop ' || i, 'confidential', 'none',
      '[]', '[]', '[]', 'opaque', TRUE, 'operator', 1, 1 FROM n WHERE i < ${RECORDS}`);
    await sql(`INSERT INTO client (id, name, type, authentication_method, grant_types, scopes, audiences, access_token_format,
      enabled, managed_by, created_at, updated_at) VALUES ('photos', 'Photos', 'confidential', 'none', '[]', '[]', '[]',
      'opaque', TRUE, 'operator', 1, 1)`);
    await sql(`INSERT INTO resource_server (client_id, resource, name, realm, scopes, partial_grant, enabled)
      VALUES ('photos', 'https://photos.example', 'Photo service', 'p', '[]', FALSE, TRUE)`);
  });

  const setUp = () => {
    const database = new WatchedDatabase(open().database);
    const clock = new SetClock(NOW);
    const clientStore = new ClientStore(database);
    const clients = new ClientRegistry(clientStore, new ResourceServerStore(database), database, clock);
    const names = new OwnerNames(clients, clientStore, new ResourceStore(database), wordingOf(database));
    const [resources, wording] = [new ResourceStore(database), wordingOf(database)];
    const shares = new ShareStore(database);
    const contexts = new RequestContexts(new AccessRequestStore(database), shares, clock);
    const words = new ConsoleNames(
      new SubjectNames(
        new Persons(database),
        new PersonDirectory(database),
        new ClientStore(database),
        new ResourceServerStore(database),
        new TrustedIssuerStore(database, clock),
      ),
      resources,
      wording,
      health,
    );
    const views = new RequestViews(shares, contexts, nothingOver, new OwnerEndStore(database), words, clock);
    const usage: Pick<UsageRecorder, 'pendingUse'> = { pendingUse: () => undefined };
    return {
      database,
      authorizations: new AuthorizationAnswers(new PermissionCeilingStore(database), usage as UsageRecorder, names),
      requests: new RequestAnswers(names, views),
    };
  };

  it('are read for 200 authorizations together, however many resources each has', async () => {
    const { database, authorizations } = setUp();
    const { items } = await authorizations.list({ items: records }, []);
    const [first, last] = [items[0], items.at(-1)] as [Listed, Listed];
    expect([first.client.name, last.client.name]).toEqual(['Shop 0', 'Shop 199']);
    expect(last.resources).toHaveLength(5);
    expect(last.resources[4]).toMatchObject({ name: 'Album 19904', rs_name: 'Photo service' });
    expect(last).toMatchObject({ resource_count: RESOURCES, scopes: [{ scope: 'view' }] });
    // Four for 200 keys each of: first resources, sums, clients; twenty for a thousand resources.
    expect(database.reads.length).toBeLessThanOrEqual(40);
  });

  it('are read for 200 requests of 50 resources together', async () => {
    const { database, requests } = setUp();
    const { items } = await requests.list('account:alice', { items: records.map((_, index) => request(index)) }, []);
    const last = items.at(-1) as Listed;
    expect(last.client.name).toBe('Shop 199');
    expect(last.resources[49]).toMatchObject({ name: 'Album 9999', rs_name: 'Photo service' });
    // Two hundred for ten thousand resources, of which each is another one; twenty for who else holds a thousand of them.
    expect(database.reads.length).toBeLessThanOrEqual(250);
  });

  it('give others their turn between statements', async () => {
    const { database, requests } = setUp();
    const turns: number[] = [];
    const timer = setInterval(() => turns.push(database.reads.length), 0);
    try {
      await requests.list('account:alice', { items: records.map((_, index) => request(index)) }, []);
    } finally {
      clearInterval(timer);
    }
    expect(new Set(turns).size).toBeGreaterThan(3);
  });
});
