import type { Duration, Instant } from '@valetkey/kernel';
import { intersect, isSubset } from '@valetkey/kernel';
import type { AccessRequest, RequestedPermission } from './access-request.js';
import { policySubjectOf } from './access-request.js';
import type { Policy } from './policy.js';

/** For so long an owner's "no" answers an equal request, too. */
export const DENIAL_HOLDS: Duration = 86_400_000;

/** What one answer gave on a resource. */
export type GivenPermission = RequestedPermission & Pick<Policy, 'notBefore' | 'expiresAt'>;

/** What became of a request, for whoever asked. */
export type RequestOutcome =
  | { readonly kind: 'waiting' }
  /**
   * `got`: where it is less than she asked for; `given`: all that she has by it, and from when until when; `from`: where nothing of it
   * has begun, when the first does.
   */
  | {
      readonly kind: 'allowed';
      readonly got?: readonly RequestedPermission[];
      readonly given: readonly GivenPermission[];
      readonly from?: Instant;
    }
  /** What the owner allowed is over, or taken back. */
  | { readonly kind: 'ended' }
  | { readonly kind: 'denied'; readonly againFrom: Instant; readonly reason?: string }
  | { readonly kind: 'expired' };

/** From when on an equal request is put before the owner again; where she wants to hear nothing of that person, any other, too. */
export function againFrom({ decidedAt, mutedUntil = 0 }: Pick<AccessRequest, 'decidedAt' | 'mutedUntil'>): Instant {
  return Math.max((decidedAt ?? 0) + DENIAL_HOLDS, mutedUntil);
}

/** @param policies - those on what was asked for that are not over; those that did not come from this request count nothing */
export function outcomeOf(request: AccessRequest, policies: readonly Policy[], now: Instant): RequestOutcome {
  switch (request.state) {
    case 'approved':
      return allowed(request, policies, now);
    case 'denied':
      return denied(request);
    case 'expired':
      return { kind: 'expired' };
    case 'pending':
      return { kind: now >= request.expiresAt ? 'expired' : 'waiting' };
  }
}

function denied(request: AccessRequest): RequestOutcome {
  const { reason } = request;
  return { kind: 'denied', againFrom: againFrom(request), ...(reason !== undefined && { reason }) };
}

function allowed(request: AccessRequest, policies: readonly Policy[], now: Instant): RequestOutcome {
  const ofRequest = policies.filter((policy) => policy.requestId === request.id && isForParty(policy, request));
  const got = request.permissions
    .map((asked) => ({ ...asked, scopes: intersect(asked.scopes, scopesOn(asked.resourceId, ofRequest)) }))
    .filter(({ scopes }) => scopes.length > 0);
  if (got.length === 0) return { kind: 'ended' };
  const isAll = request.permissions.every(({ resourceId, scopes }) =>
    isSubset(scopes, got.find((one) => one.resourceId === resourceId)?.scopes ?? []),
  );
  const given = ofRequest.flatMap(({ resourceId, scopes, notBefore, expiresAt }) => {
    const asked = request.permissions.find((one) => one.resourceId === resourceId);
    const both = intersect(asked?.scopes ?? [], scopes);
    return asked && both.length > 0 ? [{ ...asked, scopes: both, notBefore, expiresAt }] : [];
  });
  const from = Math.min(...given.map(({ notBefore }) => notBefore ?? now));
  return { kind: 'allowed', given, ...(!isAll && { got }), ...(from > now && { from }) };
}

function scopesOn(id: string, policies: readonly Policy[]): readonly string[] {
  return policies.filter(({ resourceId }) => resourceId === id).flatMap(({ scopes }) => scopes);
}

/** The owner may have changed since whom the policy is about. */
function isForParty({ subject }: Policy, request: AccessRequest): boolean {
  const party = policySubjectOf(request);
  if (party.type === 'account') return subject.type === 'account' && subject.accountId === party.accountId;
  return subject.type === 'partner' && subject.issuer === party.issuer && subject.subject === party.subject;
}
