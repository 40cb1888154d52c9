import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { issueOpaque, opaqueKeyOf, sha256 } from '@valetkey/kernel';
import { Database, statement, WriteSet } from '@valetkey/persistence';

const INSERT = statement(
  'INSERT INTO interaction (hash, kind, browser, content, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
);
const FIND = statement('SELECT * FROM interaction WHERE hash = ? AND browser = ?');
const PASS_FIRST = statement('UPDATE interaction SET first_factor = ? WHERE hash = ? AND done_at IS NULL');
const FORGET_FIRST = statement('UPDATE interaction SET first_factor = NULL WHERE hash = ? AND done_at IS NULL');
const KEEP = statement('UPDATE interaction SET content = ?, expires_at = ? WHERE hash = ? AND done_at IS NULL');
/** Check and mark in one: of concurrent answers to one interaction exactly one concerns a row. */
const FINISH = statement('UPDATE interaction SET done_at = ? WHERE hash = ? AND done_at IS NULL');
const EXPIRE = statement(
  'DELETE FROM interaction WHERE hash IN (SELECT hash FROM interaction WHERE expires_at <= ? LIMIT ?)',
);

/** Who comes back to an old page is told at which application to begin anew. */
const KEPT = 3_600_000;

interface Row {
  hash: string;
  kind: string;
  content: string;
  first_factor: string | null;
  created_at: number;
  expires_at: number;
  done_at: number | null;
}

/** Who has passed the first of two factors, and when. */
export interface FirstFactor {
  readonly accountId: string;
  readonly at: Instant;
}

/** A request that waits for a person at one browser: she signs in, decides, gives claims. */
export interface Interaction {
  readonly hash: string;
  /** Which way in it belongs to: that one reads `content`. */
  readonly kind: string;
  readonly content: unknown;
  readonly firstFactor: FirstFactor | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly doneAt: Instant | null;
}

/**
 * Interactions by the hash of the value in their address. The address opens nothing by itself: each is looked up together
 * with the browser that began it.
 */
@Injectable()
export class InteractionStore {
  constructor(private readonly database: Database) {}

  /** @returns the value for the address */
  begin(
    writes: WriteSet,
    interaction: { kind: string; browser: string; content: unknown; now: Instant; expiresAt: Instant },
  ): string {
    const { kind, browser, content, now, expiresAt } = interaction;
    const { value, key } = issueOpaque('ia', now);
    writes.expectOne(INSERT, [key, kind, sha256(browser), JSON.stringify(content), now, expiresAt]);
    return value;
  }

  /** The interaction of this browser, finished and expired ones too; `undefined` for another browser's as for none. */
  async find(value: string, browser: string): Promise<Interaction | undefined> {
    const key = opaqueKeyOf(value, 'ia');
    const row = key === undefined ? undefined : await this.database.get<Row>(FIND, [key, sha256(browser)]);
    return row && toInteraction(row);
  }

  /** Remembers who passed the first factor; fails as a condition when the interaction is finished. */
  passFirst(writes: WriteSet, { hash }: Interaction, factor: FirstFactor): void {
    writes.expectOne(PASS_FIRST, [JSON.stringify(factor), hash]);
  }

  /** Nobody has passed the first factor any more; fails as a condition when the interaction is finished. */
  forgetFirst(writes: WriteSet, { hash }: Interaction): void {
    writes.expectOne(FORGET_FIRST, [hash]);
  }

  /** Keeps what a step has come to, until then; fails as a condition when the interaction is finished. */
  keep(writes: WriteSet, { hash }: Interaction, content: unknown, expiresAt: Instant): void {
    writes.expectOne(KEEP, [JSON.stringify(content), expiresAt, hash]);
  }

  /** Finishes the interaction together with what it leads to; fails as a condition when it is finished already. */
  finish(writes: WriteSet, { hash }: Interaction, now: Instant): void {
    writes.expectOne(FINISH, [now, hash]);
  }

  /** One batch of those that expired an hour ago. Safe to run twice at once. @returns how many rows left */
  async expire(before: Instant, batch: number): Promise<number> {
    const [rows = 0] = await this.database.commit(new WriteSet().add(EXPIRE, [before - KEPT, batch]));
    return rows;
  }
}

function toInteraction(row: Row): Interaction {
  return {
    hash: row.hash,
    kind: row.kind,
    content: JSON.parse(row.content) as unknown,
    firstFactor: row.first_factor === null ? null : (JSON.parse(row.first_factor) as FirstFactor),
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    doneAt: row.done_at,
  };
}
