import { setImmediate as giveWay } from 'node:timers/promises';
import type { Database } from './database.js';
import type { SqlValue, Statement } from './write-set.js';

const KEYS = 50;

/** The right side of an `IN` for {@link allByKeys}. Its length is fixed: statements are prepared once. */
export const KEY_LIST = `(${Array<string>(KEYS).fill('?').join(', ')})`;

/**
 * All rows of many keys, with one statement for fifty of them. Between statements others have their turn, since on SQLite a read takes
 * the event loop with it. Each statement sees what was committed when it ran.
 * @param statement - whose values are one {@link KEY_LIST}, and then `further`
 * @param keys - in any order; each counts once
 */
export async function allByKeys<R>(
  database: Database,
  statement: Statement,
  keys: Iterable<SqlValue>,
  further: readonly SqlValue[] = [],
): Promise<R[]> {
  const distinct = [...new Set(keys)];
  const rows: R[] = [];
  for (let from = 0; from < distinct.length; from += KEYS) {
    if (from > 0) await giveWay();
    const group = distinct.slice(from, from + KEYS);
    const fillers = Array<SqlValue>(KEYS - group.length).fill(group[0] ?? null);
    rows.push(...(await database.all<R>(statement, [...group, ...fillers, ...further])));
  }
  return rows;
}
