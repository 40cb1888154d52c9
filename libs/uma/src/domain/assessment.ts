import type { Instant } from '@valetkey/kernel';
import { isSubset, unite } from '@valetkey/kernel';
import type { PermissionCeiling } from '@valetkey/authorizations';
import type { TokenPermission } from '@valetkey/tokens';
import type { Policy, PolicyCircumstances } from './policy.js';
import { helpfulIssuers, permits } from './policy.js';
import type { Resource } from './resource.js';
import { scopesSince } from './resource.js';

/** One resource of a ticket, with what the resource server asked for it. */
export interface TicketPermission {
  readonly resourceId: string;
  readonly scopes: readonly string[];
  /** The resource's version when the ticket was made. */
  readonly resourceVersion: number;
}

/** A resource as it is assessed: what is wanted, and the policies that could permit it. */
export interface AssessedResource {
  readonly resource: Resource;
  readonly wanted: readonly string[];
  readonly policies: readonly Policy[];
}

export interface ResourceVerdict {
  readonly resource: Resource;
  readonly granted: readonly string[];
  readonly missing: readonly string[];
  readonly policyIds: readonly string[];
  /** When the granted permission ends; `null`: with the token. */
  readonly expiresAt: Instant | null;
  /** Issuers whose word could grant what is missing. */
  readonly helpful: readonly string[];
}

/**
 * Wanted(r) of UMA Grant section 3.3.4: the ticket's scopes that are still registered, and of the client's requested scopes
 * those that the resource has.
 */
export function wantedScopes(permission: TicketPermission, resource: Resource, requested: readonly string[]): string[] {
  const asked = scopesSince(resource, permission.scopes, permission.resourceVersion);
  return unite(
    asked,
    requested.filter((scope) => resource.scopes.has(scope)),
  );
}

/** Assesses one resource: a scope is granted only when some policy permits it (UG-32). Pure. */
export function assessResource(
  { resource, wanted, policies }: AssessedResource,
  circumstances: PolicyCircumstances,
  trusted: readonly string[],
): ResourceVerdict {
  const permitting = policies.filter((policy) => permits(policy, circumstances));
  const granted = wanted.filter((scope) => permitting.some((policy) => policy.scopes.includes(scope)));
  const missing = wanted.filter((scope) => !granted.includes(scope));
  const used = permitting.filter((policy) => policy.scopes.some((scope) => granted.includes(scope)));
  const open = policies.filter((policy) => policy.scopes.some((scope) => missing.includes(scope)));
  return {
    resource,
    granted,
    missing,
    policyIds: used.map((policy) => policy.id).sort(),
    expiresAt: endOf(granted, used),
    helpful: [...new Set(open.flatMap((policy) => helpfulIssuers(policy, circumstances, trusted)))],
  };
}

/** The first moment at which one of the scopes is no longer permitted by any policy used. */
function endOf(scopes: readonly string[], policies: readonly Policy[]): Instant | null {
  const ends = scopes.map((scope) =>
    Math.max(
      ...policies.filter((policy) => policy.scopes.includes(scope)).map((policy) => policy.expiresAt ?? Infinity),
    ),
  );
  const earliest = Math.min(...ends);
  return Number.isFinite(earliest) ? earliest : null;
}

/** A verdict as the permission of a token. */
export function toTokenPermission(verdict: ResourceVerdict): TokenPermission {
  const { resource, granted } = verdict;
  return { resourceId: resource.id, scopes: granted, resourceVersion: resource.version };
}

/** The record's ceiling for a resource after this verdict: what it allowed before is not taken away by asking for more. */
export function raiseCeiling(present: PermissionCeiling | undefined, verdict: ResourceVerdict): PermissionCeiling {
  // A verdict about everything that was allowed is the newer word about the end; else the earlier end holds, since a longer
  // one would stretch what a shorter policy gave.
  const isWhole = isSubset(present?.scopes ?? [], verdict.granted);
  const ends = [verdict.expiresAt, isWhole ? undefined : present?.expiresAt].filter((end) => end !== undefined);
  return {
    resourceId: verdict.resource.id,
    scopes: unite(present?.scopes ?? [], verdict.granted).sort(),
    policyIds: unite(present?.policyIds ?? [], verdict.policyIds).sort(),
    expiresAt: ends.reduce<Instant | null>((least, end) => (end === null ? least : Math.min(least ?? end, end)), null),
  };
}

export function isSameCeiling(one: PermissionCeiling | undefined, other: PermissionCeiling): boolean {
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other);
}

/** When the last of these ends, which no token outlives; `null` when one of them does not, or there is none. */
export function latestEnd(permissions: readonly { readonly expiresAt: Instant | null }[]): Instant | null {
  const latest = Math.max(...permissions.map(({ expiresAt }) => expiresAt ?? Infinity));
  return Number.isFinite(latest) ? latest : null;
}
