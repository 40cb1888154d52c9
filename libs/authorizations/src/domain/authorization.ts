import type { Instant } from '@valetkey/kernel';

/** Which way in made the record. */
export type AuthorizationOrigin = 'client' | 'owner' | 'uma';

/** There is no way back from `revoked` and `expired`. */
export type AuthorizationState = 'active' | 'suspended' | 'revoked' | 'expired';

/**
 * Who owns: an account, or a client that acts for an organisation. The kind is part of the value, so a client whose id
 * looks like an account's never owns what the account owns (RFC 9068 section 5).
 */
export type OwnerId = `account:${string}` | `client:${string}`;

/** A person (or client) as a trusted source names them, for the owner's eyes. */
export interface Party {
  readonly issuer: string;
  readonly subject: string;
  readonly name?: string;
  readonly email?: string;
  readonly accountId?: string;
}

/**
 * THE record: who gave what to whom, until when, through which parent. Every living token belongs to exactly one, and
 * ending it ends them all.
 */
export interface AuthorizationRecord {
  /** The public `grant_id`: no secret, names nobody. */
  readonly id: string;
  readonly origin: AuthorizationOrigin;
  readonly owner: OwnerId;
  /** The client that holds it. */
  readonly clientId: string;
  /** The resource server whose resources it is about, where there is just one. */
  readonly resourceServerId: string | null;
  /** The person who uses the client, where one is known. */
  readonly party: Party | null;
  /** Equal for equal (owner, resource server, client, party): at most one living record each. */
  readonly partyKey: string | null;
  readonly label: string | null;
  readonly scopes: readonly string[];
  readonly notBefore: Instant | null;
  readonly expiresAt: Instant | null;
  readonly parentId: string | null;
  readonly rootId: string;
  readonly depth: number;
  /** Counts up when all that was handed out under the record so far is void while it lives on; codes and tokens of an earlier one are dead. */
  readonly generation: number;
  readonly state: AuthorizationState;
  readonly createdAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly endedAt: Instant | null;
}

/** True when tokens of the record may live now. */
export function isLive(record: Pick<AuthorizationRecord, 'state' | 'notBefore' | 'expiresAt'>, now: Instant): boolean {
  if (record.state !== 'active') return false;
  if (record.notBefore !== null && now < record.notBefore) return false;
  return record.expiresAt === null || now < record.expiresAt;
}

/** What a record needs to begin; the rest follows. */
export type NewAuthorization = Pick<AuthorizationRecord, 'id' | 'origin' | 'owner' | 'clientId'> &
  Partial<Pick<AuthorizationRecord, 'resourceServerId' | 'party' | 'partyKey' | 'label' | 'scopes' | 'expiresAt'>>;

/** A record at the root of its own tree. */
export function rootAuthorization(fields: NewAuthorization, now: Instant): AuthorizationRecord {
  return {
    resourceServerId: null,
    party: null,
    partyKey: null,
    label: null,
    scopes: [],
    expiresAt: null,
    ...fields,
    notBefore: null,
    parentId: null,
    rootId: fields.id,
    depth: 0,
    generation: 0,
    state: 'active',
    createdAt: now,
    lastUsedAt: null,
    endedAt: null,
  };
}

/** What a UMA record allows on all its resources together. */
export interface CeilingSum {
  readonly resources: number;
  /** Each that it allows on one of them at least, in order of their names. */
  readonly scopes: readonly string[];
  /** When the last of its permissions ends; `null` when one of them does not. */
  readonly expiresAt: Instant | null;
}

/** What a UMA record allows on one resource. */
export interface PermissionCeiling {
  readonly resourceId: string;
  readonly scopes: readonly string[];
  /** The policies that permitted it; it goes when one of them goes. */
  readonly policyIds: readonly string[];
  readonly expiresAt: Instant | null;
}
