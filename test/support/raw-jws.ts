import { createHmac } from 'node:crypto';

import type { CryptoKey } from 'jose';

/** A member list, or the JSON text itself where it has to be one that no serialiser writes. */
export type JsonText = Readonly<Record<string, unknown>> | string;

const encode = (json: JsonText) =>
  Buffer.from(typeof json === 'string' ? json : JSON.stringify(json)).toString('base64url');

/** The first two parts of a compact JWS, whatever they say. */
export const signingInput = (header: JsonText, payload: JsonText) => `${encode(header)}.${encode(payload)}`;

/** A compact JWS with an ES256 signature, whatever header and payload say: libraries refuse to make most forgeries. */
export async function signEs256(header: JsonText, payload: JsonText, key: CryptoKey): Promise<string> {
  const input = signingInput(header, payload);
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(input));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}

/** A compact JWS with an HMAC in place of the signature. */
export function signHmac(header: JsonText, payload: JsonText, secret: string | Buffer, hash = 'sha256'): string {
  const input = signingInput(header, payload);
  return `${input}.${createHmac(hash, secret).update(input).digest('base64url')}`;
}
