import { KeyEncryption, PairwiseSubjects } from '@valetkey/keys';
import type { KeyRing } from '@valetkey/keys';
import type { TokenOptions } from '../token-options.js';
import type { IdTokenContent } from './id-token.js';
import { IdTokens } from './id-token.js';
import { Subjects } from './subjects.service.js';

const NOW = 1_767_225_600_000;
const RELATION = { clientId: 'login-app', sector: 'shop.example' };
const options = { issuer: 'https://as.example', accessTokenLifetime: 600_000 } as TokenOptions;
const subjects = new Subjects(new PairwiseSubjects(new KeyEncryption(Buffer.alloc(32, 1))));

/** Of the key ring only what it was asked to sign. */
const keyRing = {
  sign: (claims: object, typ: string, alg: string) => Promise.resolve(JSON.stringify({ claims, typ, alg })),
};

async function signed(given: Partial<IdTokenContent> = {}) {
  const content: IdTokenContent = { relation: RELATION, person: 'account:alice', signIn: undefined, ...given };
  const text = await new IdTokens(keyRing as KeyRing, subjects, options).sign(content, 'RS256', NOW);
  return JSON.parse(text) as { claims: Record<string, unknown>; typ: string; alg: string };
}

describe('OpenID Connect Core §2: ID tokens', () => {
  it('OC-01 has issuer, subject, audience and times, and nothing that is not known', async () => {
    const sub = subjects.of('account:alice', RELATION);
    const times = { iat: NOW / 1000, exp: NOW / 1000 + 600 };
    expect(await signed()).toEqual({
      typ: 'JWT',
      alg: 'RS256',
      claims: { iss: 'https://as.example', sub, aud: 'login-app', azp: 'login-app', ...times },
    });
  });

  it('OC-01, SU-03 tells the sign-in, its session and the nonce as they are', async () => {
    const signIn = { authTime: NOW - 5_500, acr: 'urn:valetkey:acr:2', amr: ['pwd', 'otp', 'mfa'], sid: 's_1' };
    const { claims } = await signed({ signIn, nonce: 'n-0S6_WzA2Mj' });
    expect(claims).toMatchObject({
      auth_time: NOW / 1000 - 6,
      acr: 'urn:valetkey:acr:2',
      amr: ['pwd', 'otp', 'mfa'],
      sid: 's_1',
      nonce: 'n-0S6_WzA2Mj',
    });
  });

  it('OC-05 has at_hash and c_hash of what it comes with', async () => {
    const { claims } = await signed({ accessToken: 'at_alice_1', code: 'code_42' });
    expect(claims).toMatchObject({ at_hash: 'LKdSIVLHGO8Nucdn73zMHw', c_hash: 'Y8AwxOTuvGrlTfZcdVgDTQ' });
  });

  it('OC-01 no claim about the person replaces one of its own', async () => {
    const { claims } = await signed({
      claims: { iss: 'https://evil.example', sub: 'bob', aud: 'x', exp: 9, name: 'A' },
    });
    expect(claims).toMatchObject({ iss: 'https://as.example', aud: 'login-app', exp: NOW / 1000 + 600, name: 'A' });
    expect(claims['sub']).toBe(subjects.of('account:alice', RELATION));
  });
});

describe('OpenID Connect Core §8: subjects', () => {
  const of = (sector: string | null, person = 'account:alice') => subjects.of(person, { sector });

  it('OC-04 pairwise ones differ by sector and by person, public ones by person alone', () => {
    const all = [of('a.example'), of('b.example'), of(null), of('a.example', 'account:bob'), of(null, 'account:bob')];
    expect(new Set(all).size).toBe(all.length);
    expect(of('a.example')).toBe(of('a.example'));
    expect(of(null)).toBe(of(null));
  });

  it('OC-04 are ASCII, at most 255 characters, and name neither the account nor a client', () => {
    for (const subject of [of('a.example'), of(null)]) expect(subject).toMatch(/^sub_[\w-]{43}$/);
  });
});
