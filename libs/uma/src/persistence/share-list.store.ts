import { setImmediate as giveWay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { Database, statement } from '@valetkey/persistence';
import type { PolicySubject } from '../domain/policy.js';

/** Shares of one statement: on SQLite a read takes the event loop with it. */
const PAGE = 500;
/** More of one owner are not looked at. */
const MOST = 20_000;

const COLUMNS = `p.id, p.resource_id, p.subject, p.subject_name, p.client_id, p.scopes, p.not_before, p.expires_at, p.request_id,
  p.note, p.handover_id, p.invitation_id, p.version, p.created_at, p.updated_at, r.name AS resource_name, r.resource_server_id, a.name AS account_name,
  (SELECT max(u.last_used_at) FROM access_use u WHERE u.access_id = 'share:' || p.id) AS last_used_at`;
/** The account's id stands in the subject as it was written: the text before it is always the same. */
const ACCOUNT_SUBJECT = '{"type":"account","accountId":"';
const ACCOUNT_ID = `CASE WHEN p.subject LIKE '${ACCOUNT_SUBJECT}%'
  THEN substr(p.subject, ${ACCOUNT_SUBJECT.length + 1}, length(p.subject) - ${ACCOUNT_SUBJECT.length + 2}) END`;
const NAMED = `policy p LEFT JOIN resource r ON r.id = p.resource_id LEFT JOIN account a ON a.id = ${ACCOUNT_ID}`;
const OF_OWNER = statement(
  `SELECT ${COLUMNS} FROM ${NAMED}
   WHERE p.owner = ? AND p.id > ? AND (p.expires_at IS NULL OR p.expires_at > ?) ORDER BY p.id LIMIT ?`,
);
const OF_RESOURCE = statement(
  `SELECT ${COLUMNS} FROM ${NAMED}
   WHERE p.resource_id = ? AND p.owner = ? AND (p.expires_at IS NULL OR p.expires_at > ?) ORDER BY p.id LIMIT ?`,
);
const ONE = statement(
  `SELECT ${COLUMNS} FROM ${NAMED}
   WHERE p.id = ? AND p.owner = ? AND (p.expires_at IS NULL OR p.expires_at > ?)`,
);

interface Row {
  id: string;
  resource_id: string;
  subject: string;
  subject_name: string | null;
  client_id: string | null;
  scopes: string;
  not_before: number | null;
  expires_at: number | null;
  request_id: string | null;
  note: string | null;
  handover_id: string | null;
  invitation_id: string | null;
  version: number;
  created_at: number;
  updated_at: number;
  resource_name: string | null;
  resource_server_id: string | null;
  account_name: string | null;
  last_used_at: number | null;
}

/** A share as lists show it. */
export interface ListedShare {
  readonly id: string;
  readonly resourceId: string;
  /** As its service calls it without a language; `null` where it gave no name. */
  readonly resourceName: string | null;
  readonly resourceServerId: string | null;
  readonly subject: PolicySubject;
  /** What the person is called: by her account here, or by whoever named her when it was shared. */
  readonly subjectName: string | null;
  readonly clientId: string | null;
  readonly scopes: readonly string[];
  readonly notBefore: Instant | null;
  readonly expiresAt: Instant | null;
  readonly requestId: string | null;
  readonly note: string | null;
  /** The handover that it is a part of. */
  readonly handoverId?: string;
  /** The invitation that its holder accepted. */
  readonly invitationId?: string;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly lastUsedAt: Instant | null;
}

/** An owner's shares that are not over, with what lists tell of them. */
@Injectable()
export class ShareListStore {
  constructor(private readonly database: Database) {}

  /** All, in order of their ids. */
  async ofOwner(owner: OwnerId, now: Instant): Promise<ListedShare[]> {
    const shares: ListedShare[] = [];
    for (let after: string | undefined = ''; after !== undefined && shares.length < MOST;) {
      if (shares.length > 0) await giveWay();
      const rows: Row[] = await this.database.all<Row>(OF_OWNER, [owner, after, now, PAGE]);
      shares.push(...rows.map(toShare));
      after = rows.length < PAGE ? undefined : rows.at(-1)?.id;
    }
    return shares;
  }

  /** Those on one resource; none where it is not the owner's. */
  async ofResource(owner: OwnerId, resourceId: string, now: Instant): Promise<ListedShare[]> {
    return (await this.database.all<Row>(OF_RESOURCE, [resourceId, owner, now, MOST])).map(toShare);
  }

  /** `undefined` for none, one that is over, and somebody else's. */
  async find(owner: OwnerId, id: string, now: Instant): Promise<ListedShare | undefined> {
    const row = await this.database.get<Row>(ONE, [id, owner, now]);
    return row && toShare(row);
  }
}

/** The account's, unless she withheld it as she asked: then her account's id was kept for a name. */
function subjectNameOf({ account_name: present, subject_name: kept }: Row, subject: PolicySubject): string | null {
  const isWithheld = subject.type === 'account' && kept === subject.accountId;
  return isWithheld ? kept : (present ?? kept);
}

function toShare(row: Row): ListedShare {
  const subject = JSON.parse(row.subject) as PolicySubject;
  return {
    id: row.id,
    resourceId: row.resource_id,
    resourceName: row.resource_name,
    resourceServerId: row.resource_server_id,
    subject,
    subjectName: subjectNameOf(row, subject),
    clientId: row.client_id,
    scopes: JSON.parse(row.scopes) as string[],
    notBefore: row.not_before,
    expiresAt: row.expires_at,
    requestId: row.request_id,
    note: row.note,
    ...(row.handover_id !== null && { handoverId: row.handover_id }),
    ...(row.invitation_id !== null && { invitationId: row.invitation_id }),
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    lastUsedAt: row.last_used_at,
  };
}
