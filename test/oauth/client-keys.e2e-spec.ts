import { randomUUID } from 'node:crypto';

import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

import { assertionForm } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import type { Server } from '../support/server.js';

interface ClientKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly jwk: object;
}

const makeKey = async (alg: string, kid: string, published: object = { alg }): Promise<ClientKey> => {
  const { privateKey, publicKey } = await generateKeyPair(alg);
  return { kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig', ...published } };
};

const ALGORITHMS = ['ES256', 'ES384', 'EdDSA', 'Ed25519', 'RS256', 'PS256'];
const single = await Promise.all(ALGORITHMS.map((alg) => makeKey(alg, `only-${alg}`)));
const anyRsa = await makeKey('RS256', 'any-rsa', {});
const two = [await makeKey('ES256', 'old'), await makeKey('ES256', 'new')] as const;

const client = (id: string, keys: readonly ClientKey[]) => ({
  client_id: id,
  name: id,
  type: 'confidential',
  token_endpoint_auth_method: 'private_key_jwt',
  jwks: { keys: keys.map((key) => key.jwk) },
  grant_types: ['client_credentials'],
  scopes: ['view'],
});
const CLIENTS = [
  ...ALGORITHMS.map((alg, index) => client(alg, single.slice(index, index + 1))),
  client('any-rsa', [anyRsa]),
  client('two-keys', two),
];

/** Presents an assertion of that client. @returns status and error */
async function authenticate(
  { http, issuer }: Server,
  id: string,
  key: CryptoKey,
  header: { alg: string; kid?: string },
): Promise<unknown[]> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: id, sub: id, aud: issuer, iat: now, exp: now + 60, jti: randomUUID() };
  const assertion = await new SignJWT(claims).setProtectedHeader(header).sign(key);
  const answer = await http.form('/token', { grant_type: 'client_credentials', ...assertionForm(assertion) });
  return [answer.status, answer.json().error];
}

describeServer('RFC 7523 3: keys of clients', { config: { resource_servers: [], clients: CLIENTS } }, (server) => {
  const REFUSED = [401, 'invalid_client'];
  const GRANTED = [200, undefined];

  it.each(ALGORITHMS)('J-11 takes %s from a client with such a key', async (alg) => {
    const key = single[ALGORITHMS.indexOf(alg)] as ClientKey;
    expect(await authenticate(server(), alg, key.privateKey, { alg, kid: key.kid })).toEqual(GRANTED);
  });

  it.each([
    ['EdDSA', 'Ed25519'],
    ['Ed25519', 'EdDSA'],
  ])('RFC 9864 §2.2: takes %s from a client whose key is for %s', async (alg, named) => {
    const key = single[ALGORITHMS.indexOf(named)] as ClientKey;
    expect(await authenticate(server(), named, key.privateKey, { alg, kid: key.kid })).toEqual(GRANTED);
  });

  it('IR-62, IR-65 advertises exactly these algorithms, and none is not among them', async () => {
    const metadata = (await server().http.get('/.well-known/oauth-authorization-server')).json();
    for (const endpoint of ['token', 'introspection', 'revocation'])
      expect(metadata[`${endpoint}_endpoint_auth_signing_alg_values_supported`]).toEqual(ALGORITHMS);
  });

  it('J-09 the key’s own algorithm counts, not the header’s (attack class 79)', async () => {
    const rs256 = single[ALGORITHMS.indexOf('RS256')] as ClientKey;
    const { privateKey } = await generateKeyPair('PS256');
    expect(await authenticate(server(), 'RS256', privateKey, { alg: 'PS256', kid: rs256.kid })).toEqual(REFUSED);
    expect(await authenticate(server(), 'any-rsa', anyRsa.privateKey, { alg: 'RS256' })).toEqual(GRANTED);
  });

  it('J-09 a key of one client says nothing for another (attack class 84)', async () => {
    const [es256] = single as [ClientKey];
    for (const id of ['two-keys', 'ES384', 'any-rsa'])
      expect(await authenticate(server(), id, es256.privateKey, { alg: 'ES256', kid: es256.kid })).toEqual(REFUSED);
  });

  it('finds the key by its kid where there are two, and refuses a wrong or missing one', async () => {
    for (const key of two)
      expect(await authenticate(server(), 'two-keys', key.privateKey, { alg: 'ES256', kid: key.kid })).toEqual(GRANTED);
    const [old, young] = two;
    expect(await authenticate(server(), 'two-keys', old.privateKey, { alg: 'ES256', kid: young.kid })).toEqual(REFUSED);
    expect(await authenticate(server(), 'two-keys', old.privateKey, { alg: 'ES256' })).toEqual(REFUSED);
  });
});
