import type { OwnerId } from '@valetkey/authorizations';
import { sha256 } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';

/** Handles by which the owner API names subjects: opaque to their readers, equal for the same subject. */
export const accountHandle = (id: string): string => `account:${id}`;
export const clientHandle = (id: string): string => `client:${id}`;
export const serverHandle = (id: string): string => `server:${id}`;
export const groupHandle = (policyId: string): string => `policy:${policyId}`;

/** Of somebody whom a partner vouches for, and who has no account here. Nothing leads back from it. */
export function partnerHandle(issuer: string, subject: string): string {
  return `partner:${sha256(`${issuer}\n${subject}`)}`;
}

/** The account of a handle; `undefined` for a handle of anything else. */
export function accountOf(handle: string): string | undefined {
  return handle.startsWith('account:') && handle.length > 'account:'.length
    ? handle.slice('account:'.length)
    : undefined;
}

/**
 * The account of an owner who is a person.
 * @throws OAuthError not_found for any other: what is about people is not about applications
 */
export function accountOfOwner(owner: OwnerId): string {
  const accountId = accountOf(owner);
  if (accountId === undefined) throw new OAuthError('not_found', 'not_found');
  return accountId;
}
