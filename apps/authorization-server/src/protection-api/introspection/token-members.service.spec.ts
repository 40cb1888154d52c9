import type { PairwiseSubjects } from '@valetkey/keys';
import type { LiveToken, TokenOptions } from '@valetkey/tokens';
import { TokenMembers } from './token-members.service.js';

const TOKEN = { clientId: 'shop', subject: null, audience: 'https://photos.example', issuedAt: 0, expiresAt: 0 };

describe('RFC 7662 section 2.2: what introspection says about a token', () => {
  const members = new TokenMembers({} as PairwiseSubjects, { issuer: 'https://as.example' } as TokenOptions);
  const of = (further: Partial<LiveToken>) =>
    members.of({ ...TOKEN, pairwiseSubject: null, ...further } as LiveToken, 'x');

  it('RA-05 names what was granted in detail, where there is something', () => {
    const authorizationDetails = [{ type: 'payment', actions: ['initiate'] }];
    expect(of({ authorizationDetails })).toMatchObject({ authorization_details: authorizationDetails });
    expect(of({})).not.toHaveProperty('authorization_details');
  });
});
