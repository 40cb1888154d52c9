import { sha256 } from '@valetkey/kernel';

/** Handles by which the owner API names subjects: opaque to their readers, equal for the same subject. */
export const accountHandle = (id: string): string => `account:${id}`;
export const clientHandle = (id: string): string => `client:${id}`;
export const serverHandle = (id: string): string => `server:${id}`;
export const groupHandle = (policyId: string): string => `policy:${policyId}`;

/** Of somebody whom a partner vouches for, and who has no account here. Nothing leads back from it. */
export function partnerHandle(issuer: string, subject: string): string {
  return `partner:${sha256(`${issuer}\n${subject}`)}`;
}
