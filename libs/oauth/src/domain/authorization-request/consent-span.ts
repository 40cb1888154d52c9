import { IDENTITY_SCOPE, IDENTITY_SCOPES } from '@valetkey/protocol';

/** Scopes that say who she is. */
export const ABOUT_HER: ReadonlySet<string> = new Set(
  IDENTITY_SCOPES.filter((scope) => scope !== IDENTITY_SCOPE.offlineAccess),
);

/** What is given, as far as its end depends on it. */
export interface TimedAccess {
  readonly scopes: readonly string[];
  readonly resources: readonly string[];
  readonly authorizationDetails?: readonly unknown[] | undefined;
}

/** Whether access has an end: who she is she says at each sign-in anew, everything else is given for a time. Pure. */
export function isTimed({ scopes, resources, authorizationDetails = [] }: TimedAccess): boolean {
  return resources.length + authorizationDetails.length > 0 || scopes.some((scope) => !ABOUT_HER.has(scope));
}
