import type { Duration, Instant } from '@valetkey/kernel';
import { unite } from '@valetkey/kernel';
import type { Acr } from '@valetkey/protocol';
import type { OwnerId } from '@valetkey/authorizations';
import type { ClaimSet, ClaimValue, Evidence } from './evidence.js';
import { isEmailVerified, isFresh, isSignInEnough } from './evidence.js';

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
  /** How surely the person must have signed in at this server; `null`: she need not have. */
  readonly minAcr: Acr | null;
  /** How long ago she may have signed in at this server; `null`: she need not have. */
  readonly maxAuthAge: Duration | null;
  /** What a trusted source called the person when it was made. */
  readonly subjectName?: string;
  /** The owner's words with it. */
  readonly note?: string;
  /** The handover that it is a part of. */
  readonly handoverId?: string;
  /** The invitation that its holder accepted. */
  readonly invitationId?: string;
  /** The approved request it came from. */
  readonly requestId: string | null;
  readonly version: number;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** When its end by itself was told; such a policy permits nothing any more. */
  readonly endToldAt?: Instant;
}

export interface PolicyCircumstances {
  readonly evidence: Evidence;
  readonly clientId: string;
  /** This server, as the issuer of what it says of sign-ins here. */
  readonly ownIssuer: string;
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
  if (policy.subject.type === 'client') return policy.clientId === clientId && !wantsSignIn(policy);
  return evidence.some(
    (set) =>
      isFresh(set, policy.maxClaimsAge, now) && matches(policy.subject, set) && hasSignedIn(policy, set, evidence, now),
  );
}

/** Whether the policy has a condition on a sign-in at this server. */
function wantsSignIn({ minAcr, maxAuthAge }: Policy): boolean {
  return minAcr !== null || maxAuthAge !== null;
}

/** Whether the person whom the claim set is about signed in here as the policy wants it. What other issuers say of sign-ins is not asked. */
function hasSignedIn(policy: Policy, { accountId }: ClaimSet, evidence: Evidence, now: Instant): boolean {
  if (!wantsSignIn(policy)) return true;
  return (
    accountId !== undefined && evidence.some((set) => set.accountId === accountId && isSignInEnough(set, policy, now))
  );
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
  const { evidence, clientId, ownIssuer, now } = circumstances;
  if (!isInWindow(policy, now) || (policy.clientId !== null && policy.clientId !== clientId)) return [];
  const fresh = evidence.filter((set) => isFresh(set, policy.maxClaimsAge, now));
  // Who has spoken freshly would only say the same again, and who it is is known once somebody has said it.
  const candidates = fresh.some((set) => matches(policy.subject, set)) ? [] : issuersOf(policy.subject, trusted);
  const silent = candidates.filter((issuer) => !fresh.some((set) => set.issuer === issuer));
  const isSignInOpen = canSignIn(policy, circumstances) && trusted.includes(ownIssuer);
  return isSignInOpen ? unite(silent, [ownIssuer]) : silent;
}

/** Whether a sign-in here that is surer or more recent could fulfil the policy's condition. */
function canSignIn(policy: Policy, { evidence, now }: PolicyCircumstances): boolean {
  if (policy.subject.type === 'client' || !wantsSignIn(policy)) return false;
  return !evidence.some((set) => isSignInEnough(set, policy, now));
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
