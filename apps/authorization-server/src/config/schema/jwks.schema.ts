import { createPublicKey } from 'node:crypto';

import { ASYMMETRIC_ALGORITHMS } from '@valetkey/protocol';
import { z } from 'zod';

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const ALGORITHMS_BY_KEY: Readonly<Record<string, readonly string[]>> = {
  'EC P-256': ['ES256'],
  'EC P-384': ['ES384'],
  'OKP Ed25519': ['EdDSA', 'Ed25519'],
  RSA: ['RS256', 'PS256'],
};
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 8192;

const jwkSchema = z
  .looseObject({
    kty: z.string(),
    kid: z.string().min(1, 'must not be empty').max(256, 'must not be longer than 256 characters').optional(),
    alg: z.string().optional(),
    use: z.string().optional(),
    crv: z.string().optional(),
  })
  .superRefine((jwk, context) => {
    const message = jwkProblem(jwk);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/** Public keys of a client or an issuer (RFC 7517 §5): asymmetric, strong enough, each with a kid of its own. */
export const jwksSchema = z
  .strictObject({
    keys: z
      .array(jwkSchema)
      .min(1, 'must have at least one entry')
      .max(20, 'must not have more than 20 entries')
      .superRefine((keys, context) => {
        keys.forEach((key, index) => {
          const message = kidProblem(keys, key.kid, index);
          if (message !== undefined) context.addIssue({ code: 'custom', path: [index, 'kid'], message });
        });
      }),
  })
  .meta({ valueType: 'JWK set' });

export type Jwk = z.output<typeof jwkSchema>;
export type Jwks = z.output<typeof jwksSchema>;

function kidProblem(keys: readonly Jwk[], kid: string | undefined, index: number): string | undefined {
  if (kid === undefined) return keys.length > 1 ? 'is required when there are several keys' : undefined;
  return keys.findIndex((other) => other.kid === kid) < index ? 'is the kid of another key' : undefined;
}

/** Algorithms that signatures of this key can have; empty for keys that cannot sign here. */
export function algorithmsOfKey(jwk: Jwk): readonly string[] {
  const kind = jwk.kty === 'RSA' ? 'RSA' : `${jwk.kty} ${jwk.crv ?? ''}`;
  const possible = ALGORITHMS_BY_KEY[kind] ?? [];
  return jwk.alg === undefined ? possible : possible.filter((algorithm) => algorithm === jwk.alg);
}

/** What is wrong with one key, or `undefined`. Values of the key never appear in the text. */
export function jwkProblem(jwk: Jwk): string | undefined {
  // An own member is enough: its value may be anything and is not looked at.
  if (jwk.kty === 'oct' || PRIVATE_MEMBERS.some((member) => Object.hasOwn(jwk, member))) {
    return 'must be a public key; private and symmetric keys do not belong here';
  }
  if (jwk.use !== undefined && jwk.use !== 'sig') return 'must be a signing key (use: sig)';
  if (algorithmsOfKey(jwk).length === 0) {
    return `must be an EC (P-256, P-384), OKP (Ed25519) or RSA key for one of ${ASYMMETRIC_ALGORITHMS.join(', ')}`;
  }
  return strengthProblem(jwk);
}

function strengthProblem(jwk: Jwk): string | undefined {
  try {
    const bits = createPublicKey({ key: jwk, format: 'jwk' }).asymmetricKeyDetails?.modulusLength;
    if (bits === undefined || (bits >= MIN_RSA_BITS && bits <= MAX_RSA_BITS)) return undefined;
    return `must be an RSA key of ${String(MIN_RSA_BITS)} to ${String(MAX_RSA_BITS)} bits`;
  } catch {
    return 'is not a usable public key';
  }
}
