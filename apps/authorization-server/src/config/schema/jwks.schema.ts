import { createPublicKey } from 'node:crypto';

import { ASYMMETRIC_ALGORITHMS, isSameAlgorithm } from '@valetkey/protocol';
import { z } from 'zod';

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const ALGORITHMS_BY_KEY: Readonly<Record<string, readonly string[]>> = {
  'EC P-256': ['ES256'],
  'EC P-384': ['ES384'],
  'OKP Ed25519': ['EdDSA', 'Ed25519'],
  RSA: ['RS256', 'PS256'],
};
const ENCRYPTING_KEYS: readonly string[] = ['EC P-256', 'EC P-384', 'OKP X25519', 'RSA'];
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 8192;

const keyShape = z.looseObject({
  kty: z.string(),
  kid: z.string().min(1, 'must not be empty').max(256, 'must not be longer than 256 characters').optional(),
  alg: z.string().optional(),
  use: z.string().optional(),
  crv: z.string().optional(),
});
const jwkSchema = keyShape.superRefine(refusal((jwk) => jwkProblem(jwk)));
const clientJwkSchema = keyShape.superRefine(refusal((jwk) => clientJwkProblem(jwk)));

function refusal(problem: (jwk: Jwk) => string | undefined) {
  return (jwk: Jwk, context: z.RefinementCtx): void => {
    const message = problem(jwk);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  };
}

function setOf(keySchema: typeof jwkSchema) {
  return z
    .strictObject({
      keys: z
        .array(keySchema)
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
}

/** Public keys of an issuer (RFC 7517 §5): asymmetric, strong enough, each with a kid of its own. */
export const jwksSchema = setOf(jwkSchema);
/** The same of a client, which may have some for what is encrypted for it (`use: enc`). */
export const clientJwksSchema = setOf(clientJwkSchema);

export type Jwk = z.output<typeof keyShape>;
export type Jwks = z.output<typeof jwksSchema>;

function kidProblem(keys: readonly Jwk[], kid: string | undefined, index: number): string | undefined {
  if (kid === undefined) return keys.length > 1 ? 'is required when there are several keys' : undefined;
  return keys.findIndex((other) => other.kid === kid) < index ? 'is the kid of another key' : undefined;
}

/** Algorithms that signatures of this key can have; empty for keys that cannot sign here. */
export function algorithmsOfKey(jwk: Jwk): readonly string[] {
  const possible = ALGORITHMS_BY_KEY[kindOf(jwk)] ?? [];
  return jwk.alg === undefined ? possible : possible.filter((algorithm) => isSameAlgorithm(algorithm, jwk.alg));
}

/** What is wrong with one key, or `undefined`. Values of the key never appear in the text. */
export function jwkProblem(jwk: Jwk): string | undefined {
  if (hasPrivateMember(jwk)) {
    return 'must be a public key; private and symmetric keys do not belong here';
  }
  if (jwk.use !== undefined && jwk.use !== 'sig') return 'must be a signing key (use: sig)';
  if (algorithmsOfKey(jwk).length === 0) {
    return `must be an EC (P-256, P-384), OKP (Ed25519) or RSA key for one of ${ASYMMETRIC_ALGORITHMS.join(', ')}`;
  }
  return strengthProblem(jwk);
}

/** The same for a key of a client, with which it signs or decrypts. */
export function clientJwkProblem(jwk: Jwk): string | undefined {
  if (jwk.use !== 'enc') return jwkProblem(jwk);
  if (hasPrivateMember(jwk)) return jwkProblem(jwk);
  if (!ENCRYPTING_KEYS.includes(kindOf(jwk)))
    return 'must be an EC (P-256, P-384), OKP (X25519) or RSA key to encrypt with';
  return strengthProblem(jwk);
}

function hasPrivateMember(jwk: Jwk): boolean {
  // An own member is enough: its value may be anything and is not looked at.
  return jwk.kty === 'oct' || PRIVATE_MEMBERS.some((member) => Object.hasOwn(jwk, member));
}

function kindOf({ kty, crv }: Jwk): string {
  return kty === 'RSA' ? 'RSA' : `${kty} ${crv ?? ''}`;
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
