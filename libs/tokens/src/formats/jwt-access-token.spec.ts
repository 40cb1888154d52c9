import type { KeyRing, PairwiseSubjects } from '@valetkey/keys';
import type { TokenOptions } from '../token-options.js';
import { JwtAccessTokens } from './jwt-access-token.js';

const CONTENT = {
  authorizationId: 'g_1',
  clientId: 'shop',
  subject: 'account:alice',
  scopes: ['photos.read'],
  audience: 'https://photos.example',
  permissions: null,
  jti: 'j_1',
  issuedAt: 1_790_000_000_000,
  expiresAt: 1_790_000_600_000,
};

describe('RFC 9068 section 2.2: the claims of a JWT access token', () => {
  const signed = async (further: object): Promise<unknown> => {
    let seen: unknown;
    const keyRing: Pick<KeyRing, 'sign'> = {
      sign: (claims, typ) => {
        seen = { ...claims, typ };
        return Promise.resolve('jwt');
      },
    };
    const pairwise: Pick<PairwiseSubjects, 'of'> = { of: (person, sector) => `${person} at ${sector}` };
    const options = { issuer: 'https://as.example' } as TokenOptions;
    await new JwtAccessTokens(keyRing as KeyRing, pairwise as PairwiseSubjects, options).sign({
      ...CONTENT,
      ...further,
    });
    return seen;
  };
  const BASE = {
    typ: 'at+jwt',
    iss: 'https://as.example',
    sub: 'account:alice at https://photos.example',
    aud: 'https://photos.example',
    client_id: 'shop',
    iat: 1_790_000_000,
    exp: 1_790_000_600,
    jti: 'j_1',
    grant_id: 'g_1',
    scope: 'photos.read',
  };

  it('AT-01 are those of the token and no more', async () => {
    expect(await signed({})).toEqual(BASE);
  });

  it('RA-05 AT-03 say what was granted in detail, by which sign-in, to which key', async () => {
    const details = [{ type: 'payment', actions: ['initiate'] }];
    const signIn = { authTime: 1_789_999_999_500, acr: 'phr', amr: ['hwk'], sid: 's' };
    expect(await signed({ authorizationDetails: details, signIn, confirmation: { jkt: 'k' } })).toEqual({
      ...BASE,
      authorization_details: details,
      auth_time: 1_789_999_999,
      acr: 'phr',
      amr: ['hwk'],
      cnf: { jkt: 'k' },
    });
  });
});
