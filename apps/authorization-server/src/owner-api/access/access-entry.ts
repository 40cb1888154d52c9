import type { OwnerConsent } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import type { AccessFilter } from '@valetkey/owner-contract';
import type { ListedShare, Policy } from '@valetkey/uma';
import { holderOf, isProtection } from '@valetkey/uma';
import type { Moments } from '../settings/owner-days.service.js';

const DAY = 86_400_000;
const UNUSED_FOR = 90 * DAY;

/** Somebody's access to something of an owner, wherever it came from. */
export interface AccessEntry {
  /** `share:<policy id>` or `grant:<authorization id>`. */
  readonly id: string;
  readonly version: number;
  /** Handle of the holder. */
  readonly holder: string;
  readonly clientId: string | null;
  readonly scopes: readonly string[];
  readonly from: Instant | null;
  readonly until: Instant | null;
  readonly givenAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly isSuspended: boolean;
  readonly share?: ListedShare;
  readonly consent?: OwnerConsent;
}

/** @param isOverruled - whether it opens nothing, though it stands there */
export function entryOfShare(share: ListedShare, pending?: Instant, isOverruled = false): AccessEntry {
  return {
    id: `share:${share.id}`,
    version: share.version,
    holder: holderOf(share),
    clientId: share.clientId,
    scopes: share.scopes,
    from: share.notBefore,
    until: share.expiresAt,
    givenAt: share.createdAt,
    lastUsedAt: latest(share.lastUsedAt, pending),
    isSuspended: isOverruled,
    share,
  };
}

/** Of a share that is known by its policy alone: its use is not. @param isOverruled - as for {@link entryOfShare} */
export function entryOfPolicy(policy: Policy, isOverruled = false): AccessEntry {
  const { subjectName = null, note = null } = policy;
  const unknown = { lastUsedAt: null, resourceName: null, resourceServerId: null };
  return entryOfShare({ ...policy, subjectName, note, ...unknown }, undefined, isOverruled);
}

export function entryOfConsent(consent: OwnerConsent, pending?: Instant): AccessEntry {
  return {
    id: `grant:${consent.id}`,
    version: versionOf(consent),
    holder: `client:${consent.clientId}`,
    clientId: consent.clientId,
    scopes: [...new Set(consent.scopes)],
    from: consent.notBefore,
    until: consent.expiresAt,
    givenAt: consent.createdAt,
    lastUsedAt: latest(consent.lastUsedAt, pending),
    isSuspended: consent.state === 'suspended',
    consent,
  };
}

function latest(written: Instant | null, pending: Instant | undefined): Instant | null {
  return pending === undefined ? written : Math.max(written ?? 0, pending);
}

/** Records count no changes: a number that differs where anything that the owner reads does. */
function versionOf({ scopes, expiresAt, generation, state }: OwnerConsent): number {
  let sum = 0;
  for (const character of JSON.stringify([scopes, expiresAt, generation, state])) {
    sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 999_999_937;
  }
  return sum;
}

type Test = (entry: AccessEntry, moments: Moments) => boolean;

/** What each filter shows. Not used for ninety days is also what was given that long ago and never used. */
export const FILTERS: Readonly<Record<AccessFilter, Test>> = {
  all: () => true,
  never_used: ({ lastUsedAt }) => lastUsedAt === null,
  unused_90_days: ({ lastUsedAt, givenAt }, { now }) => (lastUsedAt ?? givenAt) <= now - UNUSED_FOR,
  no_end: ({ until }) => until === null,
  ending_7_days: ({ until }, { endingBy }) => until !== null && until <= endingBy,
};

export const ACCESS_FILTERS = Object.keys(FILTERS) as AccessFilter[];

/** Whether the service that keeps the owner's things asks by it who may use them: without it nobody gets at them. */
export function keepsTheData({ consent }: Pick<AccessEntry, 'consent'>): boolean {
  return consent !== undefined && isProtection({ origin: 'client', scopes: consent.scopes });
}

/** What kind of holder a handle names. */
export function kindOfHolder(holder: string): 'person' | 'application' | 'group' {
  if (holder.startsWith('client:')) return 'application';
  return holder.startsWith('policy:') ? 'group' : 'person';
}
