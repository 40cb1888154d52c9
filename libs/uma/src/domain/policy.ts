import type { Duration, Instant } from '@valetkey/kernel';
import type { OwnerId } from '@valetkey/authorizations';
import type { ClaimSet, ClaimValue, Evidence } from './evidence.js';
import { isEmailVerified, isFresh } from './evidence.js';

/** Whom a policy is about. */
export type PolicySubject =
  | { readonly type: 'account'; readonly accountId: string }
  | { readonly type: 'partner'; readonly issuer: string; readonly subject: string }
  | { readonly type: 'claim'; readonly issuer: string; readonly claim: string; readonly value: string }
  | { readonly type: 'client' }
  /** Anyone whom a trusted issuer identifies. */
  | { readonly type: 'anyone' };

/** What an owner permits on one resource. Default deny: what no policy permits is refused (UG-32). */
export interface Policy {
  readonly id: string;
  readonly owner: OwnerId;
  readonly resourceId: string;
  readonly subject: PolicySubject;
  /** Only through this client; `null`: through any. */
  readonly clientId: string | null;
  readonly scopes: readonly string[];
  readonly notBefore: Instant | null;
  readonly expiresAt: Instant | null;
  /** How old claims may be. */
  readonly maxClaimsAge: Duration | null;
  /** The approved request it came from. */
  readonly requestId: string | null;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface PolicyCircumstances {
  readonly evidence: Evidence;
  readonly clientId: string;
  readonly now: Instant;
}

/** True inside the policy's window; at `expiresAt` it is over. */
export function isInWindow(policy: Pick<Policy, 'notBefore' | 'expiresAt'>, now: Instant): boolean {
  if (policy.notBefore !== null && now < policy.notBefore) return false;
  return policy.expiresAt === null || now < policy.expiresAt;
}

/** Whether the policy permits its scopes under these circumstances. */
export function permits(policy: Policy, { evidence, clientId, now }: PolicyCircumstances): boolean {
  if (!isInWindow(policy, now)) return false;
  if (policy.clientId !== null && policy.clientId !== clientId) return false;
  if (policy.subject.type === 'client') return policy.clientId === clientId;
  return evidence.some((set) => isFresh(set, policy.maxClaimsAge, now) && matches(policy.subject, set));
}

/**
 * Issuers whose fresh word could make the policy permit: what `need_info` asks for.
 * @param trusted - issuers that this server trusts
 */
export function helpfulIssuers(
  policy: Policy,
  circumstances: PolicyCircumstances,
  trusted: readonly string[],
): string[] {
  const { evidence, clientId, now } = circumstances;
  if (!isInWindow(policy, now) || (policy.clientId !== null && policy.clientId !== clientId)) return [];
  const candidates = issuersOf(policy.subject, trusted);
  // Who has spoken freshly would only say the same again.
  return candidates.filter(
    (issuer) => !evidence.some((set) => set.issuer === issuer && isFresh(set, policy.maxClaimsAge, now)),
  );
}

function issuersOf(subject: PolicySubject, trusted: readonly string[]): readonly string[] {
  if (subject.type === 'client') return [];
  if (subject.type === 'partner' || subject.type === 'claim')
    return trusted.filter((issuer) => issuer === subject.issuer);
  return trusted;
}

function matches(subject: PolicySubject, set: ClaimSet): boolean {
  switch (subject.type) {
    case 'account':
      return set.accountId === subject.accountId;
    case 'partner':
      return set.issuer === subject.issuer && set.subject === subject.subject;
    case 'claim':
      return set.issuer === subject.issuer && hasClaim(set, subject.claim, subject.value);
    case 'anyone':
      return true;
    case 'client':
      return false;
  }
}

function hasClaim(set: ClaimSet, claim: string, value: string): boolean {
  if (claim === 'email' && !isEmailVerified(set)) return false;
  if (!Object.hasOwn(set.claims, claim)) return false;
  const present: ClaimValue | undefined = set.claims[claim];
  return Array.isArray(present) ? present.includes(value) : String(present) === value;
}
