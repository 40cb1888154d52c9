import { Injectable } from '@nestjs/common';
import type { Instant, Page, PageRequest } from '@valetkey/kernel';
import { toPage } from '@valetkey/kernel';
import type { Acr } from '@valetkey/protocol';
import type { OwnerId } from '@valetkey/authorizations';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { Policy, PolicySubject } from '../domain/policy.js';

const IN_FORCE = statement(
  `SELECT * FROM policy
   WHERE resource_id = ? AND (not_before IS NULL OR not_before <= ?) AND (expires_at IS NULL OR expires_at > ?)
   ORDER BY id`,
);
const NOT_OVER = statement(
  'SELECT * FROM policy WHERE resource_id = ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY id',
);
const COUNT_OF_RESOURCE = statement('SELECT count(*) AS policies FROM policy WHERE resource_id = ?');
const FIND = statement('SELECT * FROM policy WHERE id = ? AND owner = ?');
const LAST_CHANGE = statement('SELECT max(updated_at) AS at FROM policy WHERE owner = ?');
const PAGE = statement('SELECT * FROM policy WHERE owner = ? AND id > ? ORDER BY id LIMIT ?');
const PAGE_OF_RESOURCE = statement(
  'SELECT * FROM policy WHERE owner = ? AND resource_id = ? AND id > ? ORDER BY id LIMIT ?',
);
const INSERT = statement(
  `INSERT INTO policy (id, owner, resource_id, subject, client_id, scopes, not_before, expires_at, max_claims_age,
     min_acr, max_auth_age, request_id, version, created_at, updated_at, subject_name, note, handover_id, invitation_id)
   SELECT ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
   WHERE (SELECT count(*) FROM policy WHERE resource_id = ?) < CAST(? AS bigint)`,
);
const REPLACE = statement(
  `UPDATE policy SET subject = ?, client_id = ?, scopes = ?, not_before = ?, expires_at = ?, max_claims_age = ?,
     min_acr = ?, max_auth_age = ?, version = ?, updated_at = ?, end_told_at = NULL
   WHERE id = ? AND owner = ? AND version = ?`,
);
const DELETE = statement('DELETE FROM policy WHERE id = ? AND owner = ? AND version = ?');
const ALL_OF_RESOURCE = statement('SELECT * FROM policy WHERE resource_id = ? ORDER BY id');
const ENDED = statement(
  `SELECT * FROM policy WHERE expires_at <= ? AND expires_at IS NOT NULL AND end_told_at IS NULL ORDER BY expires_at LIMIT ?`,
);
const END_TOLD = statement('UPDATE policy SET end_told_at = ? WHERE id = ? AND version = ? AND end_told_at IS NULL');
const DELETE_OF_RESOURCE = statement('DELETE FROM policy WHERE resource_id = ?');

/** A row of the table. */
export interface PolicyRow {
  id: string;
  owner: OwnerId;
  resource_id: string;
  subject: string;
  client_id: string | null;
  scopes: string;
  not_before: number | null;
  expires_at: number | null;
  max_claims_age: number | null;
  min_acr: Acr | null;
  max_auth_age: number | null;
  request_id: string | null;
  version: number;
  created_at: number;
  updated_at: number;
  subject_name: string | null;
  note: string | null;
  end_told_at: number | null;
  handover_id: string | null;
  invitation_id: string | null;
}

/** Owners' policies. */
@Injectable()
export class PolicyStore {
  constructor(private readonly database: Database) {}

  /** The policies on a resource that have begun and are not over; their number is bounded when they are made. */
  async inForce(resourceId: string, now: Instant): Promise<Policy[]> {
    return (await this.database.all<PolicyRow>(IN_FORCE, [resourceId, now, now])).map(toPolicy);
  }

  /** The policies on the resource that are in force, or will be. */
  async notOver(resourceId: string, now: Instant): Promise<Policy[]> {
    return (await this.database.all<PolicyRow>(NOT_OVER, [resourceId, now])).map(toPolicy);
  }

  /** How many policies are on the resource; those that are over count until the sweep has taken them. */
  async countOfResource(resourceId: string): Promise<number> {
    return (await this.database.get<{ policies: number }>(COUNT_OF_RESOURCE, [resourceId]))?.policies ?? 0;
  }

  /** The owner's policy, or `undefined` when there is none or it is somebody else's. */
  async find(id: string, owner: OwnerId): Promise<Policy | undefined> {
    const row = await this.database.get<PolicyRow>(FIND, [id, owner]);
    return row && toPolicy(row);
  }

  /** When the owner's youngest policy was made or changed; `undefined` when she has none. */
  async lastChangeOf(owner: OwnerId): Promise<Instant | undefined> {
    return (await this.database.get<{ at: number | null }>(LAST_CHANGE, [owner]))?.at ?? undefined;
  }

  /** The owner's policies by id, all or those on one resource. */
  async page(owner: OwnerId, { limit, after = '' }: PageRequest, resourceId?: string): Promise<Page<Policy>> {
    const rows =
      resourceId === undefined
        ? await this.database.all<PolicyRow>(PAGE, [owner, after, limit + 1])
        : await this.database.all<PolicyRow>(PAGE_OF_RESOURCE, [owner, resourceId, after, limit + 1]);
    return toPage(rows, limit, toPolicy, (row) => row.id);
  }

  /**
   * Fails as a condition when the resource has `most` policies already. Lock the resource earlier in the write-set, or several
   * inserts at once may each see room for the last one.
   */
  insert(writes: WriteSet, policy: Policy, most: number): void {
    writes.expectOne(INSERT, [
      policy.id,
      policy.owner,
      policy.resourceId,
      JSON.stringify(policy.subject),
      policy.clientId,
      JSON.stringify(policy.scopes),
      policy.notBefore,
      policy.expiresAt,
      policy.maxClaimsAge,
      policy.minAcr,
      policy.maxAuthAge,
      policy.requestId,
      policy.version,
      policy.createdAt,
      policy.updatedAt,
      policy.subjectName ?? null,
      policy.note ?? null,
      policy.handoverId ?? null,
      policy.invitationId ?? null,
      policy.resourceId,
      most,
    ]);
  }

  /** Fails as a condition when another change came first. */
  replace(writes: WriteSet, policy: Policy, presentVersion: number): void {
    writes.expectOne(REPLACE, [
      JSON.stringify(policy.subject),
      policy.clientId,
      JSON.stringify(policy.scopes),
      policy.notBefore,
      policy.expiresAt,
      policy.maxClaimsAge,
      policy.minAcr,
      policy.maxAuthAge,
      policy.version,
      policy.updatedAt,
      policy.id,
      policy.owner,
      presentVersion,
    ]);
  }

  /** Fails as a condition when it was changed or removed since it was read. */
  delete(writes: WriteSet, { id, owner, version }: Pick<Policy, 'id' | 'owner' | 'version'>): void {
    writes.expectOne(DELETE, [id, owner, version]);
  }

  /** All on a resource, whoever's; their number is bounded when they are made. */
  async ofResource(resourceId: string): Promise<Policy[]> {
    return (await this.database.all<PolicyRow>(ALL_OF_RESOURCE, [resourceId])).map(toPolicy);
  }

  /** Those whose end has come and was not told yet, oldest first. */
  async ended(now: Instant, limit: number): Promise<Policy[]> {
    return (await this.database.all<PolicyRow>(ENDED, [now, limit])).map(toPolicy);
  }

  /** Fails as a condition when it was told already, or the policy is another now. */
  tellEnd(writes: WriteSet, { id, version }: Pick<Policy, 'id' | 'version'>, now: Instant): void {
    writes.expectOne(END_TOLD, [now, id, version]);
  }

  deleteOfResource(writes: WriteSet, resourceId: string): void {
    writes.add(DELETE_OF_RESOURCE, [resourceId]);
  }
}

/** A policy as its row has it. */
export function toPolicy(row: PolicyRow): Policy {
  return {
    id: row.id,
    owner: row.owner,
    resourceId: row.resource_id,
    subject: JSON.parse(row.subject) as PolicySubject,
    clientId: row.client_id,
    scopes: JSON.parse(row.scopes) as string[],
    notBefore: row.not_before,
    expiresAt: row.expires_at,
    maxClaimsAge: row.max_claims_age,
    minAcr: row.min_acr,
    maxAuthAge: row.max_auth_age,
    requestId: row.request_id,
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.subject_name !== null && { subjectName: row.subject_name }),
    ...(row.note !== null && { note: row.note }),
    ...(row.end_told_at !== null && { endToldAt: row.end_told_at }),
    ...(row.handover_id !== null && { handoverId: row.handover_id }),
    ...(row.invitation_id !== null && { invitationId: row.invitation_id }),
  };
}
