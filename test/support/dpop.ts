import { createHash, randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

import type { Server } from './server.js';

export type Changes = Readonly<Record<string, unknown>>;

/** Somebody who holds a DPoP key. */
export interface KeyHolder {
  readonly jwk: JWK;
  readonly jkt: string;
  readonly privateKey: CryptoKey;
  /** A proof for a request to the server; `claims` and `header` replace or (with `undefined`) take out. */
  proof(method: string, path: string, claims?: Changes, header?: Changes): Promise<string>;
  /** Headers that present a token which is bound to the key. */
  presented(method: string, path: string, token: string, claims?: Changes): Promise<Record<string, string>>;
}

export const accessTokenHash = (token: string) => createHash('sha256').update(token).digest('base64url');

/** A fresh key, and what is done with it towards this server. */
export async function keyHolder(server: Pick<Server, 'issuer'>, alg = 'ES256'): Promise<KeyHolder> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = await exportJWK(publicKey);
  const proof: KeyHolder['proof'] = (method, path, claims = {}, header = {}) => {
    const usual = { jti: randomUUID(), htm: method, htu: server.issuer + path, iat: Math.floor(Date.now() / 1000) };
    return new SignJWT({ ...usual, ...claims })
      .setProtectedHeader({ alg, typ: 'dpop+jwt', jwk, ...header })
      .sign(privateKey);
  };
  const presented: KeyHolder['presented'] = async (method, path, token, claims = {}) => ({
    authorization: `DPoP ${token}`,
    dpop: await proof(method, path, { ath: accessTokenHash(token), ...claims }),
  });
  return { jwk, jkt: await calculateJwkThumbprint(jwk), privateKey, proof, presented };
}
