/** Pages of a person's own account, by the last part of their address. */
export const ACCOUNT_PAGES = [
  '',
  'password',
  'password/changed',
  'codes',
  'codes/app',
  'sessions',
  'passkeys',
  'passkeys/new',
  'passkeys/name',
  'notices',
  'applications',
] as const;

export type AccountPageName = (typeof ACCOUNT_PAGES)[number];

/** Whether something that was kept or sent names a page of the account: nobody is led anywhere else. */
export function isAccountPage(value: unknown): value is AccountPageName {
  return (ACCOUNT_PAGES as readonly unknown[]).includes(value);
}

/** Address of a page of the account. */
export function accountUrl(issuer: string, page: AccountPageName): string {
  return page === '' ? `${issuer}/account` : `${issuer}/account/${page}`;
}

/** Address of the page that asks for a link to a new password, or of what belongs to it. */
export function recoveryUrl(issuer: string, part?: string): string {
  return part === undefined ? `${issuer}/account/recovery` : `${issuer}/account/recovery/${part}`;
}
