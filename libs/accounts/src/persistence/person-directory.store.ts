import { Injectable } from '@nestjs/common';
import { prefixRange } from '@valetkey/kernel';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';

/** More beginnings than this narrow nothing down any further. */
export const MOST_BEGINNINGS = 3;

/** Of a hundred thousand people some thousands have names that begin with the same two letters; more letters find the others. */
const MOST_LOOKED_AT = 5000;
const COUNT = statement(
  `SELECT count(*) AS words FROM (SELECT 1 FROM account_word WHERE word >= ? AND word < ? LIMIT ${String(MOST_LOOKED_AT)}) AS counted`,
);
const ALSO = `AND EXISTS (SELECT 1 FROM account_word o WHERE o.account_id = w.account_id AND o.word >= ? AND o.word < ?)`;
/** By how many beginnings of words; the first one leads. */
const SEARCH = Array.from({ length: MOST_BEGINNINGS }, (_, others) =>
  statement(
    `SELECT w.account_id AS id FROM (SELECT word, account_id FROM account_word WHERE word >= ? AND word < ? ORDER BY word, account_id LIMIT ${String(MOST_LOOKED_AT)}) w
     JOIN account a ON a.id = w.account_id WHERE a.enabled AND a.id <> ? ${ALSO.repeat(others)}
     ORDER BY w.word, w.account_id LIMIT ?`,
  ),
);
const ISSUERS = statement(`SELECT account_id, issuer FROM account_identity WHERE account_id IN ${KEY_LIST}`);

/** A person has a few words that begin alike: her name, her user name, her address. */
const ROWS_OF_ONE = 5;

/** Finds people by the beginnings of their names. */
@Injectable()
export class PersonDirectory {
  constructor(private readonly database: Database) {}

  /**
   * Enabled accounts of which some word of name, user name or address begins with each of the beginnings.
   * @param beginnings - as `typedBeginnings` makes them, one at least
   * @param except - the account that is not found
   * @returns ids in the order of the words, `most` or fewer
   */
  async search(beginnings: readonly string[], except: string, most: number): Promise<string[]> {
    const [first, ...others] = await this.rarestFirst(beginnings.slice(0, MOST_BEGINNINGS));
    const search = SEARCH[others.length];
    if (first === undefined || !search) return [];
    const rows = await this.database.all<{ id: string }>(search, [
      ...prefixRange(first),
      except,
      ...others.flatMap(prefixRange),
      most * ROWS_OF_ONE,
    ]);
    return [...new Set(rows.map(({ id }) => id))].slice(0, most);
  }

  private async rarestFirst(beginnings: readonly string[]): Promise<readonly string[]> {
    if (beginnings.length < 2) return beginnings;
    const counted = [];
    for (const beginning of beginnings) {
      const row = await this.database.get<{ words: number }>(COUNT, prefixRange(beginning));
      counted.push({ beginning, words: row?.words ?? 0 });
    }
    return counted.sort((one, other) => one.words - other.words).map(({ beginning }) => beginning);
  }

  /** At which issuers the accounts are known; those that are known at none are left out. */
  async issuersOf(accountIds: Iterable<string>): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await allByKeys<{ account_id: string; issuer: string }>(this.database, ISSUERS, accountIds);
    const issuers = new Map<string, string[]>();
    for (const { account_id: id, issuer } of rows) issuers.set(id, [...(issuers.get(id) ?? []), issuer]);
    return issuers;
  }
}
