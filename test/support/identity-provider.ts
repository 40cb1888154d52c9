import { randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

export interface IdTokenOptions {
  readonly subject: string;
  /** Whom the token is made for: the issuer of our server. */
  readonly audience: string | string[];
  /** More claims, or others in place of the usual ones; `undefined` takes one out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

/** An OpenID provider that exists only as a key pair: what it says is verified with {@link IdentityProvider.jwks}. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly jwks: { readonly keys: readonly JWK[] };
  /** A compact ID token, valid for five minutes, signed with ES256. */
  idToken(options: IdTokenOptions): Promise<string>;
}

/** @param issuer its identifier; nothing needs to answer there */
export async function createIdentityProvider(issuer: string): Promise<IdentityProvider> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const kid = randomUUID();
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' };
  return { issuer, jwks: { keys: [jwk] }, idToken: (options) => sign({ issuer, kid, privateKey }, options) };
}

interface Signer {
  readonly issuer: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

async function sign({ issuer, kid, privateKey }: Signer, options: IdTokenOptions): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const { subject, audience, claims, header } = options;
  const usual = { iss: issuer, sub: subject, aud: audience, iat: now, exp: now + 300, jti: randomUUID() };
  return new SignJWT({ ...usual, ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'JWT', kid, ...header })
    .sign(privateKey);
}
