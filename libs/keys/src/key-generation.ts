import { generateKeyPair } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { JWK } from 'jose';
import { calculateJwkThumbprint } from 'jose';
import type { SigningAlgorithm } from '@valetkey/protocol';

interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const generate = promisify(generateKeyPair) as (type: string, options: object) => Promise<KeyPair>;

/** A fresh pair; its kid is the RFC 7638 thumbprint, so equal kids mean equal keys. */
export async function generateSigningKey(algorithm: SigningAlgorithm): Promise<{ publicJwk: JWK; privatePem: string }> {
  const { publicKey, privateKey } = await generatePair(algorithm);
  const jwk = publicKey.export({ format: 'jwk' }) as JWK;
  const kid = await calculateJwkThumbprint(jwk);
  const privatePem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  return { publicJwk: { ...jwk, kid, use: 'sig', alg: algorithm }, privatePem };
}

function generatePair(algorithm: SigningAlgorithm): Promise<KeyPair> {
  if (algorithm === 'ES256') return generate('ec', { namedCurve: 'P-256' });
  if (algorithm === 'EdDSA') return generate('ed25519', {});
  return generate('rsa', { modulusLength: 2048 });
}
