import type { PairwiseSubjects } from '@valetkey/keys';
import type { LiveToken, RefreshToken, TokenOptions } from '@valetkey/tokens';
import { TokenMembers } from './token-members.service.js';

const authorization = { state: 'active', notBefore: null, expiresAt: null, generation: 0 } as const;
const about = { clientId: 'shop', subject: null, audience: 'https://photos.example' };
const TOKEN = { ...about, issuedAt: 0, expiresAt: 9_000, authorization };

describe('RFC 7662 section 2.2: what introspection says about a token', () => {
  const members = new TokenMembers({} as PairwiseSubjects, { issuer: 'https://as.example' } as TokenOptions);
  const of = (further: Partial<LiveToken>) =>
    members.of({ ...TOKEN, pairwiseSubject: null, ...further } as LiveToken, 'x');

  it.each([
    [null, 9],
    [9_001, 9],
    [7_500, 7],
  ])('RFC 7662 2.2 exp is no later than the end of what was granted: %j', (expiresAt, exp) => {
    const ended = { authorization: { ...authorization, expiresAt } };
    expect(of(ended)).toMatchObject({ exp });
    expect(members.ofRefreshToken({ ...TOKEN, ...ended, scopes: [] } as unknown as RefreshToken)).toMatchObject({
      exp,
    });
  });

  it('RA-05 names what was granted in detail, where there is something', () => {
    const authorizationDetails = [{ type: 'payment', actions: ['initiate'] }];
    expect(of({ authorizationDetails })).toMatchObject({ authorization_details: authorizationDetails });
    expect(of({})).not.toHaveProperty('authorization_details');
  });
});
