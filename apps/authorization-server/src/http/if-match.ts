import { OAuthError } from '@valetkey/oauth';

const TAG = /(W\/)?"([\x21\x23-\x7e]*)"/g;
/** One tag or several (RFC 9110 section 13.1.1); an empty element of the list means nothing (section 5.6.1). */
const TAGS = /^(?:[ \t]*(?:(?:W\/)?"[\x21\x23-\x7e]*"[ \t]*)?(?:,|$))+$/;
const VERSION = /^\d{1,9}$/;

/**
 * The versions of which the present one must be one; `undefined` when whichever will do: no header, or `*`. A weak tag, or
 * what is no tag of ours, is a version that nothing has: where there is no other, the list is empty and the condition fails.
 */
export function expectedVersions(ifMatch: string | undefined): readonly number[] | undefined {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  if (!TAGS.test(ifMatch)) return [];
  const strong = [...ifMatch.matchAll(TAG)].filter(([, weak]) => weak === undefined);
  return strong.map(([, , tag = '']) => tag).flatMap((tag) => (VERSION.test(tag) ? [Number(tag)] : []));
}

/**
 * As {@link expectedVersions}, of a change that would silently undo what somebody else wrote meanwhile: its sender says what it saw, or
 * with `*` that it does not matter.
 * @throws OAuthError precondition_required (428, RFC 6585 section 3) where it says nothing
 */
export function requiredVersions(ifMatch: string | undefined): readonly number[] | undefined {
  if (ifMatch === undefined) throw new OAuthError('precondition_required', 'version_missing');
  return expectedVersions(ifMatch);
}

/** The `ETag` of a version. */
export function entityTag(version: number): string {
  return `"${version}"`;
}
