/** A space-separated list (RFC 6749 section 3.3) as its distinct members, in the order of the text. */
export function parseSpaceList(text: string): string[] {
  return [...new Set(text.split(' ').filter((part) => part !== ''))];
}

/** Members of `wanted` that `allowed` has as well, in the order of `wanted`. */
export function intersect(wanted: readonly string[], allowed: readonly string[]): string[] {
  return wanted.filter((member) => allowed.includes(member));
}

/** True when every member of `part` is in `whole`. */
export function isSubset(part: readonly string[], whole: readonly string[]): boolean {
  return part.every((member) => whole.includes(member));
}

/** The members of both lists, each once. */
export function unite(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])];
}
