/** Algorithms this server signs with (RFC 7518 section 3.1, RFC 8037). */
export const SIGNING_ALGORITHMS = ['ES256', 'EdDSA', 'RS256', 'PS256'] as const;

export type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];
