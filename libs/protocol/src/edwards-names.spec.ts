import { isSameAlgorithm, underEitherName } from './edwards-names.js';

describe('RFC 9864 §2.2: the two names of Ed25519', () => {
  it('are one algorithm, and no other is', () => {
    expect(isSameAlgorithm('EdDSA', 'Ed25519')).toBe(true);
    expect(isSameAlgorithm('Ed25519', 'EdDSA')).toBe(true);
    expect(isSameAlgorithm('ES256', 'ES256')).toBe(true);
    for (const other of ['ES256', 'Ed448', 'ed25519', 'none', undefined])
      expect([other, isSameAlgorithm('EdDSA', other)]).toEqual([other, false]);
  });

  it('a key is found under both, unless it says that it is for something else', () => {
    const key = { kty: 'OKP', crv: 'Ed25519', x: 'x', kid: 'k' };
    const others = [
      { kty: 'OKP', crv: 'Ed25519', alg: 'ES256' },
      { kty: 'OKP', crv: 'Ed448', alg: 'EdDSA' },
      { kty: 'EC', crv: 'P-256', alg: 'ES256' },
      { kty: 'RSA', alg: 'PS256' },
    ];
    for (const alg of ['EdDSA', 'Ed25519'])
      expect(underEitherName([{ ...key, alg }, ...others])).toEqual([key, ...others]);
    expect(underEitherName([key])).toEqual([key]);
  });
});
