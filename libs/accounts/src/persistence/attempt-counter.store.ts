import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { Statement, WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { AttemptRule, RateRule } from '../domain/attempt-rule.js';
import { waitAfter } from '../domain/attempt-rule.js';

const FIND = statement('SELECT attempts, wait_until FROM attempt_counter WHERE key = ? AND expires_at > ?');
/** Of what one attempt added nothing is left: its count, and its wait unless a later attempt made a new one. */
const RELEASE = statement(
  `UPDATE attempt_counter SET attempts = attempts - 1, wait_until = CASE WHEN last = ? THEN 0 ELSE wait_until END
   WHERE key = ? AND attempts > 0`,
);
const FORGET = statement('DELETE FROM attempt_counter WHERE key = ?');

/** The check and the count in one: of requests at the same time no more concern a row than are left in the window. */
const COUNT = statement(
  `INSERT INTO attempt_counter (key, attempts, wait_until, last, expires_at) VALUES (?, 1, 0, '', ?)
   ON CONFLICT (key) DO UPDATE SET
     attempts = CASE WHEN attempt_counter.expires_at <= ? THEN 1 ELSE attempt_counter.attempts + 1 END,
     expires_at = CASE WHEN attempt_counter.expires_at <= ? THEN excluded.expires_at ELSE attempt_counter.expires_at END
   WHERE attempt_counter.expires_at <= ? OR attempt_counter.attempts < ?`,
);
const FULL = statement('SELECT expires_at FROM attempt_counter WHERE key = ? AND expires_at > ? AND attempts >= ?');

const RESERVE = new Map<AttemptRule, Statement>();

/** Counts attempts under keys. Rows leave when the rule's memory is over. */
@Injectable()
export class AttemptCounterStore {
  constructor(private readonly database: Database) {}

  /** Until when the key waits; a past instant when it need not, or was never counted. */
  async waitOf(key: string, now: Instant): Promise<Instant> {
    return (await this.find(key, now)).waitUntil;
  }

  /** What is counted under the key: nothing where it was never counted, or is forgotten. */
  async find(key: string, now: Instant): Promise<{ readonly attempts: number; readonly waitUntil: Instant }> {
    const row = await this.database.get<{ attempts: number; wait_until: number }>(FIND, [key, now]);
    return { attempts: row?.attempts ?? 0, waitUntil: row?.wait_until ?? 0 };
  }

  /**
   * Counts an attempt before it is made: the check and the mark in one statement, so that of many at once no more are let
   * through than the rule allows. Its condition fails while the key waits.
   * @param mark - names this attempt towards {@link release}
   */
  reserve(writes: WriteSet, attempt: { key: string; rule: AttemptRule; mark: string; now: Instant }): void {
    const { key, rule, mark, now } = attempt;
    writes.expectOne(reserveBy(rule), [key, firstWait(now, rule), mark, now + rule.memory, now, now, now]);
  }

  /** Counts a request in the window of its key; fails as a condition when the window is full. */
  count(writes: WriteSet, { key, rule, now }: { key: string; rule: RateRule; now: Instant }): void {
    writes.expectOne(COUNT, [key, now + rule.window, now, now, now, rule.most]);
  }

  /** When the full window of the key ends; a past instant when it is not full, or was never counted in. */
  async fullUntil(key: string, { most }: RateRule, now: Instant): Promise<Instant> {
    return (await this.database.get<{ expires_at: number }>(FULL, [key, now, most]))?.expires_at ?? 0;
  }

  /** Takes back what `reserve` counted, because the attempt was right or never made. */
  release(writes: WriteSet, key: string, mark: string): void {
    writes.add(RELEASE, [mark, key]);
  }

  forget(writes: WriteSet, key: string): void {
    writes.add(FORGET, [key]);
  }
}

/**
 * Who need not wait waits until 0 and not until now: of attempts at the same time, or on nodes whose clocks differ, the one with the
 * earlier instant would meet a wait that nobody made.
 */
function firstWait(now: Instant, rule: AttemptRule): Instant {
  const wait = waitAfter(1, rule);
  return wait === 0 ? 0 : now + wait;
}

/** The statement with the rule's waits in it, by the number of attempts so far. */
function reserveBy(rule: AttemptRule): Statement {
  const known = RESERVE.get(rule);
  if (known) return known;
  const last = rule.free + rule.waits.length;
  // Of the row that would be inserted only the end tells the present instant.
  const until = (attempts: number) => {
    const wait = waitAfter(attempts, rule);
    return wait === 0 ? 0 : `excluded.expires_at - ${rule.memory - wait}`;
  };
  const cases = Array.from({ length: last }, (_, before) => `WHEN ${before} THEN ${until(before + 1)}`);
  const made = statement(
    `INSERT INTO attempt_counter (key, attempts, wait_until, last, expires_at) VALUES (?, 1, ?, ?, ?)
     ON CONFLICT (key) DO UPDATE SET
       attempts = CASE WHEN attempt_counter.expires_at <= ? THEN 1 ELSE attempt_counter.attempts + 1 END,
       wait_until = CASE WHEN attempt_counter.expires_at <= ? THEN excluded.wait_until
         ELSE CASE attempt_counter.attempts ${cases.join(' ')} ELSE ${until(last)} END END,
       last = excluded.last,
       expires_at = excluded.expires_at
     WHERE attempt_counter.wait_until <= ?`,
  );
  RESERVE.set(rule, made);
  return made;
}
