/** RFC 9864 section 2.2: a signature with an Ed25519 key has the new name or the old one, and is the same. */
const EDWARDS_NAMES: readonly unknown[] = ['Ed25519', 'EdDSA'];

/** Whether two algorithm names mean the same signature: the same name, or both names of Ed25519. */
export function isSameAlgorithm(one: unknown, other: unknown): boolean {
  return one === other || (EDWARDS_NAMES.includes(one) && EDWARDS_NAMES.includes(other));
}

/**
 * Public keys for a library that compares the algorithm of a key with that of a signature by its name: Ed25519 keys say none, so
 * that both names find them. Such a key fits no other algorithm, so nothing is lost.
 */
export function underEitherName<Key extends { readonly alg?: string; readonly crv?: string }>(
  keys: readonly Key[],
): Key[] {
  return keys.map((key) => {
    const isEither = key.crv === 'Ed25519' && EDWARDS_NAMES.includes(key.alg);
    return isEither ? (Object.fromEntries(Object.entries(key).filter(([name]) => name !== 'alg')) as Key) : key;
  });
}
