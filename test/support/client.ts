import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';

import { type Answer, basic, type Form, formPairs, type Options } from './http.js';
import type { Server } from './server.js';
import { type ClientName, type Credentials, ID_TOKEN_FORMAT, UMA_TICKET } from './world.js';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** What an authenticated client can ask at the OAuth endpoints. Answers are returned as they are, refusals too. */
export interface Client {
  /** A form to any endpoint, with this client's authentication. */
  post(path: string, form: Form): Promise<Answer>;
  token(form: Form): Promise<Answer>;
  clientCredentials(form?: Form): Promise<Answer>;
  refresh(refreshToken: string, form?: Form): Promise<Answer>;
  /** The `uma-ticket` grant. */
  rpt(ticket: string, form?: Form): Promise<Answer>;
  revoke(token: string, hint?: string): Promise<Answer>;
  introspect(token: string, form?: Form): Promise<Answer>;
}

/** A client of the server's world, or one with the given credentials. */
export function clientOf(server: Server, who: ClientName | Credentials): Client {
  const credentials = typeof who === 'string' ? server.world.clients[who] : who;
  const post = async (path: string, form: Form) => {
    const proof = await authenticate(credentials, server.issuer);
    return server.http.form(path, [...formPairs(form), ...formPairs(proof.form ?? {})], proof.options);
  };
  const token = (form: Form, grantType: string, more: Form = {}) =>
    post('/token', [['grant_type', grantType], ...formPairs(form), ...formPairs(more)]);
  return {
    post,
    token: (form) => post('/token', form),
    clientCredentials: (form) => token({}, 'client_credentials', form),
    refresh: (refreshToken, form) => token({ refresh_token: refreshToken }, 'refresh_token', form),
    rpt: (ticket, form) => token({ ticket }, UMA_TICKET, form),
    revoke: (value, hint) => post('/revoke', { token: value, token_type_hint: hint }),
    introspect: (value, form) => post('/introspect', [['token', value], ...formPairs(form ?? {})]),
  };
}

/** Form members that push an ID token. */
export const pushed = (idToken: string) => ({ claim_token: idToken, claim_token_format: ID_TOKEN_FORMAT });

/** An assertion as `private_key_jwt` wants it; `claims` replaces or (with `undefined`) takes out. */
export async function clientAssertion(
  { clientId, key }: Credentials,
  audience: string,
  claims: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  if (!key) throw new Error(`${clientId} has no key`);
  const now = Math.floor(Date.now() / 1000);
  const usual = { iss: clientId, sub: clientId, aud: audience, iat: now, exp: now + 60, jti: randomUUID() };
  return new SignJWT({ ...usual, ...claims }).setProtectedHeader({ alg: 'ES256' }).sign(key);
}

/** Form members that carry an assertion. */
export const assertionForm = (assertion: string) => ({
  client_assertion_type: ASSERTION_TYPE,
  client_assertion: assertion,
});

async function authenticate(credentials: Credentials, issuer: string): Promise<{ form?: Form; options?: Options }> {
  const { clientId, method, secret = '' } = credentials;
  switch (method) {
    case 'client_secret_basic':
      return { options: { headers: { authorization: basic(clientId, secret) } } };
    case 'client_secret_post':
      return { form: { client_id: clientId, client_secret: secret } };
    case 'private_key_jwt':
      return { form: assertionForm(await clientAssertion(credentials, issuer)) };
    case 'none':
      return { form: { client_id: clientId } };
  }
}
