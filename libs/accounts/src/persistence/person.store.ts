import { Injectable } from '@nestjs/common';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';
import type { Person } from '../domain/person.js';
import { toNameKey } from '../domain/login-name.js';

const COLUMNS = 'id, username, name, email, locale, zone, enabled';
const BY_ID = statement(`SELECT ${COLUMNS} FROM account WHERE id = ?`);
const BY_IDS = statement(`SELECT ${COLUMNS} FROM account WHERE id IN ${KEY_LIST}`);
const IDENTITIES = statement(
  'SELECT issuer, subject FROM account_identity WHERE account_id = ? ORDER BY issuer, subject',
);
const BY_NAME = statement(
  `SELECT ${COLUMNS}, 0 AS by_email FROM account WHERE name_key = ?
   UNION ALL SELECT ${COLUMNS}, 1 AS by_email FROM account WHERE email_key = ? LIMIT 4`,
);

type Row = Omit<Person, 'enabled'> & { enabled: boolean | number };

/** Accounts as people: found to sign in and to be shown. Disabled ones are found, too. */
@Injectable()
export class Persons {
  constructor(private readonly database: Database) {}

  /** The account, or `undefined` when there is none. */
  async find(id: string): Promise<Person | undefined> {
    const row = await this.database.get<Row>(BY_ID, [id]);
    return row && toPerson(row);
  }

  /** The same for many at once, by their ids; those that are not there are left out. */
  async findAll(ids: Iterable<string>): Promise<ReadonlyMap<string, Person>> {
    const rows = await allByKeys<Row>(this.database, BY_IDS, ids);
    return new Map(rows.map((row) => [row.id, toPerson(row)]));
  }

  /** Who the account is at other issuers. */
  async identitiesOf(id: string): Promise<{ readonly issuer: string; readonly subject: string }[]> {
    return this.database.all(IDENTITIES, [id]);
  }

  /**
   * The account of a user name or an e-mail address, whatever their spelling. A user name goes before an address; an address of
   * several accounts is nobody's. `undefined` when there is none; takes as long then.
   */
  async findByName(usernameOrEmail: string): Promise<Person | undefined> {
    // No key of an account holds a space at its end.
    const key = toNameKey(usernameOrEmail) ?? ' ';
    const rows = await this.database.all<Row & { by_email: number }>(BY_NAME, [key, key]);
    const named = rows.filter((row) => row.by_email === 0);
    const found = named.length > 0 ? named : rows;
    return found.length === 1 ? toPerson(found[0] as Row) : undefined;
  }
}

function toPerson({ id, username, name, email, locale, zone, enabled }: Row): Person {
  return { id, username, name, email, locale, zone, enabled: Boolean(enabled) };
}
