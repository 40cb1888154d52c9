import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Instant, Page, PageRequest } from '@valetkey/kernel';
import { toPage } from '@valetkey/kernel';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';
import type { Policy, PolicySubject } from '../domain/policy.js';
import type { PolicyRow } from './policy.store.js';
import { toPolicy } from './policy.store.js';

/** Of one resource; more are not named anyway. */
const MOST_OF_RESOURCE = 20;
/** As many as one statement takes: a page cannot be put together from several. */
const MOST_SUBJECTS = 50;

const OF_REQUESTS = statement(`SELECT * FROM policy WHERE request_id IN ${KEY_LIST} AND owner = ? ORDER BY id`);
const LIVE_ON = statement(
  `SELECT * FROM (SELECT policy.*, row_number() OVER (PARTITION BY resource_id ORDER BY id) AS place
     FROM policy WHERE resource_id IN ${KEY_LIST} AND (expires_at IS NULL OR expires_at > ?)) live
   WHERE place <= ${MOST_OF_RESOURCE} ORDER BY id`,
);
const PAGE_OF_HOLDER = statement(
  `SELECT * FROM policy WHERE subject IN ${KEY_LIST} AND id > ? AND end_told_at IS NULL ORDER BY id LIMIT ?`,
);
const FIRST_OF_SUBJECTS = statement(
  `SELECT subject, min(created_at) AS at FROM policy WHERE subject IN ${KEY_LIST} AND owner = ? GROUP BY subject`,
);
const RECORDS_OF_PARTIES = statement(
  `SELECT party_key, min(created_at) AS began, max(ended_at) AS ended, max(CASE WHEN ended_at IS NULL THEN 1 ELSE 0 END) AS lives
   FROM authorization_record WHERE party_key IN ${KEY_LIST} AND origin = 'uma' GROUP BY party_key`,
);

/** What a party held before, at one service through one client. */
export interface FormerAccess {
  readonly beganAt: Instant;
  /** `null`: it lives. */
  readonly endedAt: Instant | null;
}

interface RecordRow {
  party_key: string;
  began: number;
  ended: number | null;
  lives: number;
}

/** Policies as what people share: looked for by who holds them, and by where they come from. */
@Injectable()
export class ShareStore {
  constructor(private readonly database: Database) {}

  /** What the owner's approvals gave, by request; those that are gone since are left out. */
  async ofRequests(owner: OwnerId, requestIds: Iterable<string>): Promise<Policy[]> {
    return (await allByKeys<PolicyRow>(this.database, OF_REQUESTS, requestIds, [owner])).map(toPolicy);
  }

  /** The first twenty that are not over of each resource. */
  async liveOn(resourceIds: Iterable<string>, now: Instant): Promise<Policy[]> {
    return (await allByKeys<PolicyRow>(this.database, LIVE_ON, resourceIds, [now])).map(toPolicy);
  }

  /**
   * What is about one of these subjects, whoever gave it; those whose end was told are none of them.
   * @param subjects - who somebody is: the fifty first
   */
  async pageOfHolder(subjects: readonly PolicySubject[], { limit, after = '' }: PageRequest): Promise<Page<Policy>> {
    const keys = subjects.slice(0, MOST_SUBJECTS).map(keyOf);
    const rows = await allByKeys<PolicyRow>(this.database, PAGE_OF_HOLDER, keys, [after, limit + 1]);
    return toPage(rows, limit, toPolicy, (row) => row.id);
  }

  /** Since when the owner has given each of these subjects anything; nothing where she has not. */
  async firstFor(
    owner: OwnerId,
    subjects: readonly PolicySubject[],
  ): Promise<(subject: PolicySubject) => Instant | undefined> {
    const rows = await allByKeys<{ subject: string; at: number }>(
      this.database,
      FIRST_OF_SUBJECTS,
      subjects.map(keyOf),
      [owner],
    );
    const first = new Map(rows.map((row) => [row.subject, row.at]));
    return (subject) => first.get(keyOf(subject));
  }

  /** What parties held, by their keys; each key names one owner. */
  async formerOf(partyKeys: Iterable<string>): Promise<ReadonlyMap<string, FormerAccess>> {
    const rows = await allByKeys<RecordRow>(this.database, RECORDS_OF_PARTIES, partyKeys);
    return new Map(
      rows.map((row) => [row.party_key, { beganAt: row.began, endedAt: Number(row.lives) > 0 ? null : row.ended }]),
    );
  }
}

/** As the table has it. */
function keyOf(subject: PolicySubject): string {
  return JSON.stringify(subject);
}
