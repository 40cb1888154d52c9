import { constants, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { AnswerAlgorithm, SigningAlgorithm } from '@valetkey/protocol';

/**
 * Compact JWS (RFC 7515 section 3.1) made by node:crypto with a ready key object: 2.6 times the rate of going through
 * WebCrypto, and the hot path of JWT access tokens. Everything that verifies uses jose.
 */
export function signCompact(header: string, claims: object, key: KeyObject, algorithm: SigningAlgorithm): string {
  const input = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`;
  return `${input}.${signatureOf(Buffer.from(input), key, algorithm).toString('base64url')}`;
}

function signatureOf(input: Buffer, key: KeyObject, algorithm: SigningAlgorithm): Buffer {
  switch (algorithm) {
    case 'ES256':
      return sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' });
    case 'EdDSA':
      return sign(null, input, key);
    case 'RS256':
      return sign('sha256', input, key);
    case 'PS256':
      return sign('sha256', input, {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
      });
  }
}

/** The protected header, encoded once for each key and type. */
export function encodeHeader(header: { alg: AnswerAlgorithm; kid: string; typ: string }): string {
  return Buffer.from(JSON.stringify(header)).toString('base64url');
}
