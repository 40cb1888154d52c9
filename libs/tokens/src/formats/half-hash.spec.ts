import { halfHash } from './half-hash.js';

describe('OpenID Connect Core §3.1.3.6, §3.3.2.11: vectors', () => {
  it.each(['ES256', 'RS256', 'PS256'] as const)('OC-05 at_hash and c_hash of the examples by %s', (algorithm) => {
    expect(halfHash('at_alice_1', algorithm)).toBe('LKdSIVLHGO8Nucdn73zMHw');
    expect(halfHash('code_42', algorithm)).toBe('Y8AwxOTuvGrlTfZcdVgDTQ');
  });

  it('OC-05 at_hash and c_hash are halves of SHA-512 for Ed25519', () => {
    expect(halfHash('at_alice_1', 'EdDSA')).toBe('uLjTr1FKf8Gxh3WoAel8ZwESi3yeYc3chvHBnFruTd8');
    expect(halfHash('code_42', 'EdDSA')).toBe('UF6ia7aiEt0Fz2KVIaIpetk3f2FOnRlVDpSvHHI5C2w');
  });
});
