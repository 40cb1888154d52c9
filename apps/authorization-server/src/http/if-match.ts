/** A version that nothing has, for an `If-Match` that is none of our tags: the condition then fails (RFC 9110 13.1.1). */
const NO_VERSION = -1;

/** The version that a change relies on; `undefined` when whichever will do: no header, or `*`. */
export function expectedVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch === '*') return undefined;
  const match = /^"(\d{1,9})"$/.exec(ifMatch);
  return match ? Number(match[1]) : NO_VERSION;
}

/** The `ETag` of a version. */
export function entityTag(version: number): string {
  return `"${version}"`;
}
