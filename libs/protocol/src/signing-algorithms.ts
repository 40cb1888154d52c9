/** Algorithms this server signs with (RFC 7518 section 3.1, RFC 8037). */
export const SIGNING_ALGORITHMS = ['ES256', 'EdDSA', 'RS256', 'PS256'] as const;

export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** What the header of an answer can say: a signature with an Ed25519 key has two names (RFC 9864 section 2.2), and a client one of them. */
export const ANSWER_ALGORITHMS = [...SIGNING_ALGORITHMS, 'Ed25519'] as const;

export type AnswerAlgorithm = (typeof ANSWER_ALGORITHMS)[number];

/** Of the key that makes a signature of this name. */
export function keyAlgorithmOf(algorithm: AnswerAlgorithm): SigningAlgorithm {
  return algorithm === 'Ed25519' ? 'EdDSA' : algorithm;
}

/** All names of signatures by keys of these algorithms. */
export function answerAlgorithmsOf(kept: readonly SigningAlgorithm[]): AnswerAlgorithm[] {
  return ANSWER_ALGORITHMS.filter((algorithm) => kept.includes(keyAlgorithmOf(algorithm)));
}
