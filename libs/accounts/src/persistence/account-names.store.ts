import { Injectable } from '@nestjs/common';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';

const NAMES = statement(`SELECT id, name FROM account WHERE id IN ${KEY_LIST}`);

/** What accounts are called. */
@Injectable()
export class AccountNamesStore {
  constructor(private readonly database: Database) {}

  /** By id; those that there are not are left out. */
  async of(ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const rows = await allByKeys<{ id: string; name: string }>(this.database, NAMES, ids);
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}
