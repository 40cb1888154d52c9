import { randomUUID } from 'node:crypto';

import type { CryptoKey, JWK } from 'jose';

import { assertionForm } from './client.js';
import type { Answer } from './http.js';
import { type JsonText, signEs256 } from './raw-jws.js';
import type { Server } from './server.js';

export type Claims = Readonly<Record<string, unknown>>;

/** The header of an honest assertion of signed-shop. */
export const HEADER = { alg: 'ES256', typ: 'client-authentication+jwt', kid: 'signed-shop-1' };
export const REFUSED = [401, 'invalid_client'];

export const outcome = (answer: Answer) => [answer.status, answer.json().error];
/** NumericDate of a moment so many seconds from now. */
export const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset;

/** The client signed-shop, able to say in an assertion whatever it should not. */
export interface SignedShop {
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
  /** Claims of a good assertion, with others in place or without some (`undefined`). */
  claims(changed?: Claims): Claims;
  /** A signed assertion, good but for what is given. */
  signed(changed?: Claims, header?: JsonText): Promise<string>;
  /** Presents an assertion at an endpoint, with an honest request. */
  present(assertion: string, path?: string, more?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Expects that it is refused at the token endpoint, and written to no log. */
  isRefused(assertion: string): Promise<void>;
}

export function signedShop(server: Server): SignedShop {
  const { key } = server.world.clients['signed-shop'];
  const { clients } = server.world.settings as { clients: { client_id: string; jwks?: { keys: JWK[] } }[] };
  const [publicJwk] = clients.find((client) => client.client_id === 'signed-shop')?.jwks?.keys ?? [];
  if (!key || !publicJwk) throw new Error('signed-shop has no key');
  const claims = (changed: Claims = {}): Claims => ({
    iss: 'signed-shop',
    sub: 'signed-shop',
    aud: server.issuer,
    iat: seconds(0),
    exp: seconds(60),
    jti: randomUUID(),
    ...changed,
  });
  const present = (assertion: string, path = '/token', more: Readonly<Record<string, string>> = {}) => {
    const form = path === '/token' ? { grant_type: 'client_credentials', scope: 'photos.read' } : { token: 'x' };
    return server.http.form(path, { ...form, ...assertionForm(assertion), ...more });
  };
  const isRefused = async (assertion: string) => {
    const answer = await present(assertion);
    expect(outcome(answer)).toEqual(REFUSED);
    expect(answer.json()).not.toHaveProperty('access_token');
    expect(server.log()).not.toContain(assertion);
  };
  const signed = (changed: Claims = {}, header: JsonText = HEADER) => signEs256(header, claims(changed), key);
  return { privateKey: key, publicJwk, claims, signed, present, isRefused };
}
