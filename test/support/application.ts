import { exportJWK, generateKeyPair, type CryptoKey, type JWK } from 'jose';

import { OTHERS, PHOTOS } from './world.js';

/** Where applications that registered themselves get their answers. */
export const RETURN = 'https://application.example/callback';
/** What an application asks that works on its own afterwards. */
export const ALL = 'openid profile photos.read offline_access';

/** What it asks that wants to know who is there, and nothing besides. */
export const IDENTITY = 'openid profile offline_access';

/** Everybody may register, at addresses of this machine too, and every DPoP proof carries a nonce. */
export const OPEN = {
  registration: {
    mode: 'open',
    clients_per_network: 1_000,
    scopes: ['openid', 'profile', 'email', 'offline_access', 'photos.read', 'photos.write', 'others.read'],
    audiences: [PHOTOS, OTHERS],
  },
  outbound: { private_networks: ['127.0.0.0/8'] },
  tokens: { require_dpop_nonce: true },
};

/** A key of an application, and what it publishes of it. */
export interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly jwks: { readonly keys: JWK[] };
}

/** @param published what the public key says of itself besides its numbers; its algorithm if absent */
export async function signingKey(alg: string, published: JWK = { alg }): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, jwks: { keys: [{ ...(await exportJWK(publicKey)), use: 'sig', ...published }] } };
}

/** Ways in which a key can be registered and used: algorithm, and what the public key says of it. */
export const KEYS: readonly (readonly [string, string | undefined])[] = [
  ['ES256', 'ES256'],
  ['RS256', undefined],
  ['PS256', 'PS256'],
  // RFC 9864 section 2.2: one algorithm with two names. Libraries sign with the new one, and keys have often the old one.
  ['Ed25519', 'Ed25519'],
  ['Ed25519', 'EdDSA'],
];
