import { Injectable } from '@nestjs/common';
import { prefixRange, searchWords } from '@valetkey/kernel';
import { GRANT_TYPE } from '@valetkey/protocol';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { Client } from '../domain/client.js';

const MOST_BEGINNINGS = 3;
const MOST_WORDS = 12;
const ROWS_OF_ONE = 3;

/** All: their number is bounded. */
const MOST_LOOKED_AT = 20_000;
const ALSO = `AND EXISTS (SELECT 1 FROM client_word o WHERE o.client_id = w.client_id AND o.word >= ? AND o.word < ?)`;
const SEARCH = Array.from({ length: MOST_BEGINNINGS }, (_, others) =>
  statement(
    `SELECT w.client_id AS id FROM (SELECT word, client_id FROM client_word WHERE word >= ? AND word < ? ORDER BY word, client_id LIMIT ${String(MOST_LOOKED_AT)}) w
     JOIN client c ON c.id = w.client_id WHERE c.enabled AND c.suspended_at IS NULL AND c.id <> ? ${ALSO.repeat(others)}
     ORDER BY w.word, w.client_id LIMIT ?`,
  ),
);
const FORGET = statement('DELETE FROM client_word WHERE client_id = ?');
/** Its length is fixed: statements are prepared once, and a word that stands in it twice is noted once. */
const NOTE = statement(
  `INSERT INTO client_word (word, client_id) VALUES ${Array<string>(MOST_WORDS).fill('(?, ?)').join(', ')} ON CONFLICT DO NOTHING`,
);

/** Finds applications that an owner can give access to, by the beginnings of their names. */
@Injectable()
export class ClientDirectory {
  constructor(private readonly database: Database) {}

  /** Notes by which words the client is found: by none, where it could not use what an owner gives it. */
  note(writes: WriteSet, { id, name, publisher, grantTypes }: Client): void {
    writes.add(FORGET, [id]);
    if (!grantTypes.includes(GRANT_TYPE.umaTicket)) return;
    const words = wordsOfClient({ name, publisher });
    const [first] = words;
    if (first === undefined) return;
    const filled = Array.from({ length: MOST_WORDS }, (_, index) => words[index] ?? first);
    writes.add(
      NOTE,
      filled.flatMap((word) => [word, id]),
    );
  }

  /**
   * Enabled clients of which some word of name or publisher begins with each of the beginnings.
   * @param except - the client that is not found; '' for none
   * @returns ids in the order of the words, `most` or fewer
   */
  async search(beginnings: readonly string[], except: string, most: number): Promise<string[]> {
    const [first, ...others] = beginnings.slice(0, MOST_BEGINNINGS);
    const search = SEARCH[others.length];
    if (first === undefined || !search) return [];
    const values = [...prefixRange(first), except, ...others.flatMap(prefixRange), most * ROWS_OF_ONE];
    const rows = await this.database.all<{ id: string }>(search, values);
    return [...new Set(rows.map(({ id }) => id))].slice(0, most);
  }
}

function wordsOfClient({ name, publisher }: Pick<Client, 'name' | 'publisher'>): string[] {
  const words = [name, publisher ?? ''].flatMap((text) => searchWords(text));
  return [...new Set(words)].slice(0, MOST_WORDS);
}
