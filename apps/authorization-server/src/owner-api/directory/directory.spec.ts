import { Account, AccountIdentity, AccountStore, AccountWord, PersonDirectory, Persons } from '@valetkey/accounts';
import type { OwnerId } from '@valetkey/authorizations';
import { ClientDirectory, ClientStore, ResourceServerStore } from '@valetkey/clients';
import { TrustedIssuerStore } from '@valetkey/federation';
import { searchWords } from '@valetkey/kernel';
import type { OpenDatabase } from '@valetkey/persistence';
import type { DatabasePlace } from '@valetkey/testing';
import { createPlace, describeDatabases, describeEngines, SetClock } from '@valetkey/testing';
import type { Config } from '../../config/config.js';
import { SubjectNames } from '../subjects/subject-names.service.js';
import { AcquaintancesStore } from './acquaintances.store.js';
import { Directory } from './directory.service.js';

const [PEOPLE, CLIENTS, ROUNDS] = [100_000, 1_000, 40];
const LONGEST = 100;
const GIVEN = ['Anna', 'Peter', 'Mara', 'Jürgen', 'Zoë', 'Ana', 'Andrea', 'Bernd', 'Şule', 'Petra'];
const FAMILY = [
  'Müller',
  'Baumann',
  'Lindt',
  'Berg',
  'Klein',
  'Öztürk',
  'O’Brien',
  'Meyer-Landrut',
  'Anders',
  'Peters',
];
const OWNER: OwnerId = 'account:a00000';
/** Knows nobody. */
const OTHER: OwnerId = 'account:a00001';

type Sharing = Config['sharing']['directory'];

function directoryOf(open: OpenDatabase, rule: Sharing): Directory {
  const { database } = open;
  const people = new PersonDirectory(database);
  const names = new SubjectNames(
    new Persons(database),
    people,
    new ClientStore(database),
    new ResourceServerStore(database),
    new TrustedIssuerStore(database, new SetClock(1)),
  );
  const sharing = {
    ...{ defaultDays: 7, applicationDefaultDays: 30, longestDays: 3650, noEnd: false, directory: rule },
    invitations: false,
  };
  const acquaintances = new AcquaintancesStore(database);
  return new Directory(people, new Persons(database), new ClientDirectory(database), acquaintances, names, { sharing });
}

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
const idOf = (index: number) => `a${String(index).padStart(5, '0')}`;
const nameOf = (index: number) =>
  `${GIVEN[index % 10] ?? ''} ${FAMILY[Math.floor(index / 10) % 10] ?? ''}${String(Math.floor(index / 100))}`;

/** Rows of any length, a thousand at a time. */
async function insertAll(open: OpenDatabase, into: string, rows: readonly string[]): Promise<void> {
  for (let from = 0; from < rows.length; from += 1000)
    await open.dataSource.query(`INSERT INTO ${into} VALUES ${rows.slice(from, from + 1000).join(', ')}`);
}

const accountRow = (id: string, name: string, enabled = true) => {
  const key = `${id}@example.org`;
  return `(${[id, id, id, name, key, key].map(quoted).join(', ')}, ${enabled ? 'TRUE' : 'FALSE'}, 'operator', 1)`;
};
const ACCOUNT = 'account (id, username, name_key, name, email, email_key, enabled, managed_by, created_at)';
const CLIENT = `client (id, name, publisher, type, authentication_method, grant_types, scopes, audiences, access_token_format,
  enabled, managed_by, created_at, updated_at)`;

async function seed(open: OpenDatabase): Promise<void> {
  const people = Array.from({ length: PEOPLE }, (_, index) => ({ id: idOf(index), name: nameOf(index) }));
  const wordsOf = ({ id, name }: { id: string; name: string }) =>
    [...new Set([id, `${id}@example.org`, ...searchWords(name)])].map((word) => `(${quoted(word)}, ${quoted(id)})`);
  await insertAll(open, ACCOUNT, [
    ...people.map(({ id, name }) => accountRow(id, name)),
    accountRow('gone', 'Peter Gone', false),
  ]);
  await insertAll(open, 'account_word (word, account_id)', [
    ...people.flatMap(wordsOf),
    ...wordsOf({ id: 'gone', name: 'Peter Gone' }),
  ]);
  const clients = Array.from({ length: CLIENTS }, (_, index) => ({
    id: `c${String(index)}`,
    name: `Peter’s Tool ${String(index)}`,
  }));
  await insertAll(
    open,
    CLIENT,
    clients.map(
      ({ id, name }) =>
        `(${quoted(id)}, ${quoted(name)}, 'Initech', 'confidential', 'none', '[]', '[]', '[]', 'opaque', TRUE, 'operator', 1, 1)`,
    ),
  );
  await insertAll(
    open,
    'client_word (word, client_id)',
    clients.flatMap(({ id, name }) =>
      [...searchWords(name), 'initech'].map((word) => `(${quoted(word)}, ${quoted(id)})`),
    ),
  );
  const policies = Array.from({ length: 5_000 }, (_, index) => {
    const subject = JSON.stringify({ type: 'account', accountId: idOf(99_000 + (index % 100)) });
    return `('p${String(index).padStart(5, '0')}', '${OWNER}', 'r${String(index)}', ${quoted(subject)}, '["view"]', 1, 1, 1)`;
  });
  await insertAll(open, 'policy (id, owner, resource_id, subject, scopes, version, created_at, updated_at)', policies);
}

describeDatabases('the directory of 100,000 people and 1,000 applications', (open) => {
  beforeAll(() => seed(open()), 120_000);

  it.each([
    'an',
    'pe',
    'mu',
    'peter ba',
    'ana mul9',
    'a9999',
    'zoe ozturk77',
    'pe to',
    'an pe',
    'xq',
    'initech',
    'gone',
  ])('answers %j in 100 ms', async (typed) => {
    const directory = directoryOf(open(), 'names');
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const begun = performance.now();
      await directory.search(OWNER, typed);
      times.push(performance.now() - begun);
    }
    const median = times.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)] ?? Infinity;
    process.stdout.write(`directory ${open().database.engine} "${typed}": ${median.toFixed(1)} ms\n`);
    expect(median).toBeLessThanOrEqual(LONGEST);
  });

  it('finds by beginnings of words whatever case and accents, those whom she knows first', async () => {
    const directory = directoryOf(open(), 'names');
    const { people, applications, more } = await directory.search(OWNER, 'PETER mul');
    expect(people).toHaveLength(8);
    expect(people.every(({ name }) => /^Peter Müller/.test(name))).toBe(true);
    expect(people[0]).toMatchObject({ id: 'account:a99001', short_name: 'Peter', verification: 'account' });
    expect([more, applications]).toEqual([true, []]);
    const tools = await directory.search(OWNER, 'tool 77');
    expect(tools.applications[0]).toMatchObject({
      kind: 'application',
      organisation: 'Initech',
      verification: 'operator',
    });
  });

  it('finds neither oneself nor who is disabled', async () => {
    const directory = directoryOf(open(), 'names');
    expect(await directory.search(OWNER, 'a00000')).toMatchObject({ people: [], more: false });
    expect((await directory.search('account:a00001', 'a00000')).people).toHaveLength(1);
    expect((await directory.search(OWNER, 'gone')).people).toEqual([]);
    expect((await directoryOf(open(), 'exact').search(OWNER, 'gone@example.org')).people).toEqual([]);
  });

  it('attack class enumeration: one letter, signs and half an address find nobody whom she does not know', async () => {
    for (const typed of ['z', '%', '_', '%%', '@', 'example.org', '@example.org', '*', '\u{10ffff}'])
      expect([typed, (await directoryOf(open(), 'names').search(OTHER, typed)).people]).toEqual([typed, []]);
    const exact = directoryOf(open(), 'exact');
    for (const typed of ['a5555', 'Anna', 'a55555@', 'a55555@example.or', 'a55555@example.org a55556@example.org'])
      expect([typed, (await exact.search(OTHER, typed)).people]).toEqual([typed, []]);
    const found = [await exact.search(OWNER, ' A55555@Example.org'), await exact.search(OWNER, 'a55555')];
    expect(found.map(({ people }) => people.map(({ id }) => id))).toEqual([['account:a55555'], ['account:a55555']]);
  });

  it('where there is no directory she still finds those whom she knows, and nobody else', async () => {
    const none = directoryOf(open(), 'none');
    expect((await none.search(OWNER, 'a55555@example.org')).people).toEqual([]);
    expect((await none.search(OWNER, 'Peter Mü')).people.map(({ id }) => id)).toEqual(['account:a99001']);
    expect((await none.search(OWNER, '')).people).toHaveLength(8);
    expect((await none.search('account:a00001', '')).people).toEqual([]);
  });
});

describeEngines('the words of configured accounts', (engine) => {
  let place: DatabasePlace;
  let open: OpenDatabase;
  beforeAll(async () => {
    place = await createPlace(engine);
    open = await place.open([Account, AccountIdentity, AccountWord]);
  });
  afterAll(async () => {
    await open.close();
    await place.remove();
  });

  it('follow their names', async () => {
    const people = new PersonDirectory(open.database);
    const accounts = new AccountStore(open.database, new SetClock(1));
    const apply = (name: string) => {
      const told = {
        id: 'm',
        username: 'mara',
        email: 'mara.l@globex.example',
        locale: null,
        zone: null,
        enabled: true,
      };
      return open.dataSource.transaction((manager) =>
        accounts.applyConfiguration(manager, [{ ...told, name, identities: [] }], 1),
      );
    };
    await apply('Mara Lindt');
    expect(await people.search(['lindt'], '', 5)).toEqual(['m']);
    await apply('Mara Löw');
    expect([await people.search(['lindt'], '', 5), await people.search(['low', 'mar'], '', 5)]).toEqual([[], ['m']]);
    expect(await people.search(['globex'], '', 5)).toEqual([]);
  });
});
