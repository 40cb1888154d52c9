import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { isSubset, opaqueKeyOf, unite } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import type { FoundToken, TokenPermission } from '@valetkey/tokens';
import { TokenStore } from '@valetkey/tokens';
import type { ResourceVerdict } from '@valetkey/uma';
import { TicketAssessor } from './ticket-assessor.service.js';
import type { TicketProcess } from './ticket-process.js';

/** Permissions of one RPT: several tickets full of them, and what introspection can answer at once. */
const MOST_PERMISSIONS = 250;

/** What a new RPT carries, and the older one it takes the place of. */
export interface RptUpgrade {
  readonly verdicts: readonly ResourceVerdict[];
  readonly previous: FoundToken | undefined;
}

/**
 * Upgrade of an RPT (UMA Grant section 3.3.5): the old token's permissions are assessed again, with the claims and policies of
 * now, and what is permitted goes into the new one; the old one ends. An upgrade is no way round a policy's limits, nor does it
 * let an RPT grow without end: what was asked for first is left out first, and the answer does not call itself an upgrade.
 */
@Injectable()
export class RptUpgrades {
  constructor(
    private readonly tokens: TokenStore,
    private readonly assessor: TicketAssessor,
  ) {}

  async of(process: TicketProcess): Promise<RptUpgrade> {
    const previous = await this.previous(process);
    const held = previous?.permissions?.slice(0, MOST_PERMISSIONS) ?? [];
    const carried = await this.assessor.assessAgain(process, held);
    return { verdicts: mergeVerdicts([...process.verdicts, ...carried]).slice(0, MOST_PERMISSIONS), previous };
  }

  /** UG-40: the string changes always, so the old one always ends. */
  end(writes: WriteSet, previous: FoundToken, now: Instant): void {
    this.tokens.revoke(writes, previous.hash, now);
  }

  /**
   * The `rpt` of the request, when it is one of the same record (client, owner, server and party) that was not revoked;
   * expired ones count. Anything else is ignored without a word (UG-41).
   */
  private async previous({ request, living }: TicketProcess): Promise<FoundToken | undefined> {
    const key = request.rpt === undefined || !living ? undefined : opaqueKeyOf(request.rpt, 'rpt');
    const token = key === undefined ? undefined : await this.tokens.find(key);
    return token && !token.revoked && token.authorizationId === living?.id ? token : undefined;
  }
}

/** One verdict a resource, those without anything granted left out. */
function mergeVerdicts(verdicts: readonly ResourceVerdict[]): ResourceVerdict[] {
  const merged = new Map<string, ResourceVerdict>();
  for (const verdict of verdicts.filter((one) => one.granted.length > 0)) {
    const present = merged.get(verdict.resource.id);
    merged.set(verdict.resource.id, present ? unitedVerdict(present, verdict) : verdict);
  }
  return [...merged.values()];
}

function unitedVerdict(one: ResourceVerdict, other: ResourceVerdict): ResourceVerdict {
  const end = Math.min(one.expiresAt ?? Infinity, other.expiresAt ?? Infinity);
  return {
    ...one,
    granted: unite(one.granted, other.granted),
    policyIds: unite(one.policyIds, other.policyIds).sort(),
    expiresAt: Number.isFinite(end) ? end : null,
  };
}

/** UG-40: an upgrade only when there was a token, and nothing of it is lost. */
export function isUpgrade(previous: FoundToken | undefined, permissions: readonly TokenPermission[]): boolean {
  if (!previous) return false;
  return (previous.permissions ?? []).every((old) =>
    isSubset(old.scopes, permissions.find((one) => one.resourceId === old.resourceId)?.scopes ?? []),
  );
}
