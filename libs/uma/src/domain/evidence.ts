import type { Duration, Instant } from '@valetkey/kernel';
import { isAcrAtLeast } from '@valetkey/protocol';
import type { Acr } from '@valetkey/protocol';
import type { Party } from '@valetkey/authorizations';
import { personName } from './plain-text.js';

/** A claim as policies can compare it. */
export type ClaimValue = string | number | boolean | readonly string[];

/** What one trusted issuer says about the requesting party, verified. */
export interface ClaimSet {
  readonly issuer: string;
  readonly subject: string;
  readonly claims: Readonly<Record<string, ClaimValue>>;
  /** The local account this identity belongs to, where one is linked. */
  readonly accountId?: string;
  /** When its issuer said it; its age counts from here (UG-34). Of a sign-in here: when she signed in. */
  readonly obtainedAt: Instant;
  /** How surely she signed in at this server; absent for what other issuers say, whatever they call `acr`. */
  readonly acr?: string;
  /** Of a sign-in here: the generation of that account's sign-ins. Once there is another, it is worth nothing. */
  readonly generation?: number;
  /** Of a sign-in here by passkey: its id. Once the account has it no more, the sign-in is worth nothing. */
  readonly passkey?: string;
  /**
   * In the place of a generation, in evidence from before accounts had one: when the password of that account had been set, `null`
   * where it had none. A newer one makes the sign-in worth nothing.
   */
  readonly passwordSetAt?: Instant | null;
}

/** Whether somebody signed in here for it, or another issuer is believed. */
export function isOwnSignIn(set: ClaimSet): boolean {
  return set.acr !== undefined;
}

/** Everything known about the requesting party in this process, at most one claim set an issuer. */
export type Evidence = readonly ClaimSet[];

/** Adds newer claim sets; of one issuer the newer replaces the older. */
export function mergeEvidence(present: Evidence, added: Evidence): Evidence {
  const kept = present.filter((set) => !added.some((newer) => newer.issuer === set.issuer));
  return [...kept, ...added];
}

export function isFresh(set: ClaimSet, maxAge: Duration | null, now: Instant): boolean {
  return maxAge === null || now < set.obtainedAt + maxAge;
}

/** Whether the claim set is a sign-in at this server that is as sure and as recent as is wanted; the word of another issuer never is. */
export function isSignInEnough(
  set: ClaimSet,
  { minAcr, maxAuthAge }: { readonly minAcr: Acr | null; readonly maxAuthAge: Duration | null },
  now: Instant,
): boolean {
  if (set.acr === undefined) return false;
  return (minAcr === null || isAcrAtLeast(set.acr, minAcr)) && isFresh(set, maxAuthAge, now);
}

/**
 * Claim sets that are about one person: the newest, and those linked to the same account. Nothing else says that what two
 * issuers name is the same person, so older sets about somebody else are dropped (attack class 145).
 */
export function ofOnePerson(evidence: Evidence): Evidence {
  const newest = evidence.at(-1);
  if (!newest) return [];
  if (newest.accountId === undefined) return [newest];
  return evidence.filter((set) => set.accountId === newest.accountId);
}

/** The requesting party in the owner's eyes, or `null` when nobody vouches for one. Evidence is about one person. */
export function partyOf(evidence: Evidence): Party | null {
  const [first] = evidence;
  if (!first) return null;
  const { issuer, subject, accountId } = first;
  const { name, email } = first.claims;
  return {
    issuer,
    subject,
    ...(typeof name === 'string' && { name: personName(name) }),
    ...(typeof email === 'string' && isEmailVerified(first) && { email: personName(email) }),
    ...(accountId !== undefined && { accountId }),
  };
}

/** Who said at which time who a requesting party is, and what of it her owner may read. */
export interface Vouching {
  readonly issuer: string;
  /** When it was said; of a sign-in here, when she signed in. */
  readonly at: Instant;
  /** How surely she signed in here; absent for the word of another issuer. */
  readonly acr?: string;
  readonly name?: string;
  /** Only one that its issuer verified. */
  readonly email?: string;
}

/** Every issuer whose word is believed, newest last; of what they say the name and the e-mail address alone. */
export function vouchingsOf(evidence: Evidence): readonly Vouching[] {
  return evidence.map((set) => {
    const { name, email } = partyOf([set]) ?? {};
    return {
      issuer: set.issuer,
      at: set.obtainedAt,
      ...(set.acr !== undefined && { acr: set.acr }),
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email }),
    };
  });
}

/** An e-mail address counts only where its issuer says that it was verified. */
export function isEmailVerified(set: ClaimSet): boolean {
  return set.claims['email_verified'] === true;
}

/** What identifies the party inside this server: her account, or (issuer, subject); never an e-mail address. */
export function personOf(party: Party): string {
  return party.accountId === undefined ? `partner:${party.issuer}\n${party.subject}` : `account:${party.accountId}`;
}
