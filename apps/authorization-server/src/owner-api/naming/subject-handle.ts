/** Handles by which the owner API names subjects. */
export const accountHandle = (id: string): string => `account:${id}`;
export const clientHandle = (id: string): string => `client:${id}`;
export const groupHandle = (policyId: string): string => `policy:${policyId}`;

/** Of somebody whom a partner vouches for, and who has no account here. */
export function partnerHandle(issuer: string, subject: string): string {
  return `partner:${Buffer.from(JSON.stringify([issuer, subject])).toString('base64url')}`;
}

/** The account of a handle; `undefined` for a handle of anything else. */
export function accountOf(handle: string): string | undefined {
  return handle.startsWith('account:') && handle.length > 'account:'.length
    ? handle.slice('account:'.length)
    : undefined;
}
