import { createLocalJWKSet, exportJWK, generateKeyPair, jwtVerify } from 'jose';
import { found } from '../story/must.js';
import { IdTokens, USERS } from './id-tokens.js';

describe('OpenID Connect Core §2: the partner’s ID tokens', () => {
  const issuer = 'https://partner.example';
  const to = { audience: 'https://as.example', presenter: 'print-shop' };
  const bob = found(USERS.get('bob'), 'bob');

  it('verify with the public key, name issuer, audience and person, and are never the same twice', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const tokens = await IdTokens.of(issuer, { ...(await exportJWK(privateKey)), kid: 'k1' });
    const keys = createLocalJWKSet({ keys: [tokens.publicKey] });
    const [one, two] = await Promise.all([tokens.issue(bob, to), tokens.issue(bob, to)]);
    const { payload, protectedHeader } = await jwtVerify(one, keys, { issuer, audience: to.audience });
    expect(payload).toMatchObject({ sub: 'bob-42', name: 'Bob Baker', email_verified: true, azp: 'print-shop' });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
    expect(protectedHeader).toEqual({ alg: 'ES256', kid: 'k1' });
    expect((await jwtVerify(two, keys)).payload.jti).not.toBe(payload.jti);
  });

  it('never show the private key', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const tokens = await IdTokens.of(issuer, { ...(await exportJWK(privateKey)), kid: 'k1' });
    expect(Object.keys(tokens.publicKey).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
  });
});
