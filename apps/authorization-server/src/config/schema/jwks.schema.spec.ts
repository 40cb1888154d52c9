import { generateKeyPairSync } from 'node:crypto';

import { publicKey } from '../config.fixture.js';
import { algorithmsOfKey, jwkProblem, jwksSchema } from './jwks.schema.js';
import type { Jwk } from './jwks.schema.js';

const jwk = (members: object): Jwk => members as Jwk;
const EC = publicKey('ec');
const ED25519 = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });

describe('RFC 7517: a key of a client or an issuer', () => {
  it.each([
    ['an EC key', EC],
    ['an Ed25519 key', ED25519],
    ['an RSA key of 2048 bits', publicKey('rsa', { alg: 'PS256', use: 'sig', x5c: [] })],
  ])('may be %s', (_title, key) => {
    expect(jwkProblem(jwk(key))).toBeUndefined();
  });

  it.each([
    ['symmetric', { kty: 'oct', k: 'AAAA' }, 'public key'],
    ['symmetric in disguise', { ...EC, k: 'AAAA' }, 'public key'],
    ['private', { ...EC, d: 'AAAA' }, 'public key'],
    ['private with an empty value', { ...EC, d: null }, 'public key'],
    ['a private RSA key', { kty: 'RSA', n: 'AQAB', e: 'AQAB', p: 'AQAB' }, 'public key'],
    ['for encryption', { ...EC, use: 'enc' }, 'signing key'],
    ['for HMAC', { ...EC, alg: 'HS256' }, 'must be an EC'],
    ['for another curve than its algorithm', { ...EC, alg: 'ES384' }, 'must be an EC'],
    ['on another curve', { kty: 'EC', crv: 'secp256k1', x: 'AA', y: 'AA' }, 'must be an EC'],
    ['for key agreement', { kty: 'OKP', crv: 'X25519', x: 'AA' }, 'must be an EC'],
    ['of unknown kind', { kty: 'XYZ' }, 'must be an EC'],
    ['not on its curve', { ...EC, x: EC['y'], y: EC['x'] }, 'not a usable'],
    ['incomplete', { kty: 'EC', crv: 'P-256' }, 'not a usable'],
    [
      'a weak RSA key',
      generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' }),
      '2048 to 8192 bits',
    ],
  ])('may not be %s', (_title, key, problem) => {
    expect(jwkProblem(jwk(key))).toContain(problem);
  });

  it('signs with the algorithm it names, or with those of its kind', () => {
    expect(algorithmsOfKey(jwk({ kty: 'RSA' }))).toEqual(['RS256', 'PS256']);
    expect(algorithmsOfKey(jwk({ kty: 'RSA', alg: 'PS256' }))).toEqual(['PS256']);
    for (const alg of [undefined, 'EdDSA', 'Ed25519'])
      expect(algorithmsOfKey(jwk({ kty: 'OKP', crv: 'Ed25519', alg }))).toEqual(['EdDSA', 'Ed25519']);
  });
});

describe('RFC 7517 §5: a key set', () => {
  it.each([
    ['is empty', { keys: [] }],
    ['has no keys', {}],
    ['has a key without kid beside another', { keys: [EC, { ...EC, kid: 'a' }] }],
    [
      'has a kid twice',
      {
        keys: [
          { ...EC, kid: 'a' },
          { ...EC, kid: 'a' },
        ],
      },
    ],
    ['has an empty kid', { keys: [{ ...EC, kid: '' }] }],
    ['has a kid that is a number', { keys: [{ ...EC, kid: 1 }] }],
    ['has too many keys', { keys: Array.from({ length: 21 }, (_, index) => ({ ...EC, kid: String(index) })) }],
    ['has other members', { keys: [EC], jku: 'https://a.example' }],
  ])('is refused when it %s', (_title, set) => {
    expect(jwksSchema.safeParse(set).success).toBe(false);
  });

  it('needs no kid for a single key', () => {
    expect(jwksSchema.safeParse({ keys: [EC] }).success).toBe(true);
  });
});
