import type { Instant } from '@valetkey/kernel';
import type { OwnerId } from '@valetkey/authorizations';

/** A registered resource (FedAuthz section 3). */
export interface Resource {
  readonly id: string;
  readonly owner: OwnerId;
  readonly resourceServerId: string;
  readonly name: string | null;
  /** The whole description as registered, members we do not know too. */
  readonly description: Readonly<Record<string, unknown>>;
  /**
   * Registered scopes, each with the version at which it was registered: a scope that is removed and comes back is a new
   * one to every ticket and token from before (UF-24).
   */
  readonly scopes: ReadonlyMap<string, number>;
  /** Counts changes of the description. */
  readonly version: number;
  /** Counts changes of its policies. */
  readonly policyVersion: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Those of `scopes` that the resource has had without a break since `version`. */
export function scopesSince(resource: Pick<Resource, 'scopes'>, scopes: readonly string[], version: number): string[] {
  return scopes.filter((scope) => (resource.scopes.get(scope) ?? Infinity) <= version);
}

/** Scopes after a complete replacement: those that stay keep their age. */
export function replaceScopes(
  present: ReadonlyMap<string, number>,
  wanted: readonly string[],
  version: number,
): Map<string, number> {
  return new Map(wanted.map((scope) => [scope, present.get(scope) ?? version]));
}
