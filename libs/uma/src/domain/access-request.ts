import type { Instant } from '@valetkey/kernel';
import { isSubset, sha256 } from '@valetkey/kernel';
import type { ActivityLine } from '@valetkey/activity';
import type { OwnerId, Party } from '@valetkey/authorizations';
import { personOf } from './evidence.js';
import type { Vouching } from './evidence.js';
import { handleOfParty, toldName } from './holder.js';
import type { PolicySubject } from './policy.js';

export type AccessRequestState = 'pending' | 'approved' | 'denied' | 'expired';

export interface RequestedPermission {
  readonly resourceId: string;
  /** What the resource was called when it was asked for; absent when it had no name. */
  readonly name?: string;
  readonly scopes: readonly string[];
}

/** A requesting party waits for the owner's word (UMA Grant section 3.3.6, `request_submitted`). */
export interface AccessRequest {
  readonly id: string;
  readonly owner: OwnerId;
  readonly resourceServerId: string;
  readonly clientId: string;
  readonly party: Party;
  /** Who vouched for the party when it asked; absent where that was not kept. */
  readonly vouched?: readonly Vouching[];
  /** Equal for equal requests: at most one of them is pending. */
  readonly requestKey: string;
  readonly permissions: readonly RequestedPermission[];
  readonly state: AccessRequestState;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly decidedAt: Instant | null;
  /** What the client said it is for; nobody checked that. */
  readonly why?: string;
  /** The owner's words with a no, for whoever asked. */
  readonly reason?: string;
  /** Until then nothing new of this person is put before the owner. */
  readonly mutedUntil?: Instant;
  /** Counts the owner's words about it. */
  readonly version: number;
}

/** Equal for one person, whatever client she asks through. */
export function personKeyOf(party: Party): string {
  return sha256(personOf(party));
}

export function requestKeyOf(partyKey: string, permissions: readonly RequestedPermission[]): string {
  const sorted = permissions.map(({ resourceId, scopes }) => [resourceId, [...scopes].sort()]).sort();
  return sha256(`${partyKey}\n${JSON.stringify(sorted)}`);
}

/** Equal for equal (owner, resource server, client, party): names the one living authorization among them. */
export function partyKeyOf(owner: OwnerId, resourceServerId: string, clientId: string, person: string | null): string {
  return sha256(JSON.stringify([owner, resourceServerId, clientId, person]));
}

/** Whom a policy is about that gives what was asked. */
export function policySubjectOf({
  party,
}: Pick<AccessRequest, 'party'>): Extract<PolicySubject, { type: 'account' | 'partner' }> {
  return party.accountId === undefined
    ? { type: 'partner', issuer: party.issuer, subject: party.subject }
    : { type: 'account', accountId: party.accountId };
}

/**
 * Whether the owner's answer to this request is about what a party still misses: the same person asked for it by the same
 * client, and all of it was before the owner. What she left out then was her choice.
 */
export function answersFor(
  request: AccessRequest,
  { partyKey, missing }: { readonly partyKey: string; readonly missing: readonly RequestedPermission[] },
): boolean {
  const { owner, resourceServerId, clientId, party, permissions } = request;
  if (partyKeyOf(owner, resourceServerId, clientId, personOf(party)) !== partyKey) return false;
  const askedOn = (id: string) => permissions.find(({ resourceId }) => resourceId === id)?.scopes ?? [];
  return missing.every(({ resourceId, scopes }) => isSubset(scopes, askedOn(resourceId)));
}

/** What every line about a request says. */
export function lineOfRequest(request: AccessRequest): Omit<ActivityLine, 'kind' | 'at'> {
  const { id, owner, party, clientId, resourceServerId: serverId, permissions } = request;
  const name = toldName(party);
  return {
    owner,
    holder: handleOfParty(party),
    ...(name !== undefined && { holderName: name }),
    clientId,
    resources: permissions.map(({ resourceId, name }) => ({
      id: resourceId,
      serverId,
      ...(name !== undefined && { name }),
    })),
    scopes: [...new Set(permissions.flatMap(({ scopes }) => scopes))],
    requestId: id,
  };
}
