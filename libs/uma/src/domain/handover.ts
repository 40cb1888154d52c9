import type { OwnerId } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { sha256 } from '@valetkey/kernel';

/** Scopes on a resource. */
export interface HandedOver {
  readonly resourceId: string;
  readonly scopes: readonly string[];
}

/** An owner is away, and somebody acts in her place: shares that begin and end together. */
export interface Handover {
  readonly id: string;
  readonly owner: OwnerId;
  /** Who acts in her place. She holds shares and owns nothing, so that she can hand nothing on. */
  readonly accountId: string;
  readonly allow: 'see' | 'act';
  /** How many resources it began with. */
  readonly resources: number;
  readonly notBefore: Instant | null;
  readonly expiresAt: Instant;
  readonly note: string | null;
  readonly createdAt: Instant;
  /** When the owner ended it before its time. */
  readonly endedAt: Instant | null;
}

/** What an owner hands over. */
export type HandoverDraft = Pick<Handover, 'accountId' | 'allow' | 'notBefore' | 'expiresAt' | 'note'> & {
  readonly given: readonly HandedOver[];
};

/** Equal for the same handed over to the same person for the same time. */
export function contentOf({ accountId, allow, notBefore, expiresAt, given }: HandoverDraft): string {
  const sorted = given.map(({ resourceId, scopes }) => [resourceId, [...scopes].sort()]).sort();
  return sha256(JSON.stringify([accountId, allow, notBefore, expiresAt, sorted]));
}

export function handoverState(
  { notBefore, expiresAt, endedAt }: Pick<Handover, 'notBefore' | 'expiresAt' | 'endedAt'>,
  now: Instant,
): 'starting' | 'active' | 'ended' {
  if (endedAt !== null || now >= expiresAt) return 'ended';
  return notBefore !== null && now < notBefore ? 'starting' : 'active';
}
