/** Longer names are nobody's: the longest e-mail address has 254 characters (RFC 5321 section 4.5.3.1.3). */
const LONGEST = 254;

/**
 * The one form of a user name or e-mail address that is compared, so that two names that look the same are one: NFKC, lower
 * case, no space around it. `undefined` for what can be nobody's.
 */
export function toNameKey(name: string): string | undefined {
  if (name.length > LONGEST) return undefined;
  const key = name.normalize('NFKC').toLowerCase().trim();
  return key === '' || key.length > LONGEST ? undefined : key;
}
