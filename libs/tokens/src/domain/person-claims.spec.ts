import { personClaims, requestedClaims } from './person-claims.js';

const ALICE = { username: 'alice', name: 'Alice', email: 'alice@example.org', locale: null, zone: 'Europe/Vienna' };

describe('OpenID Connect Core §5.4, §5.5: claims about a person', () => {
  it.each([
    [['openid'], [], {}],
    [['openid', 'profile'], [], { name: 'Alice', preferred_username: 'alice', zoneinfo: 'Europe/Vienna' }],
    [['openid', 'email'], [], { email: 'alice@example.org' }],
    [['openid'], ['email', 'locale'], { email: 'alice@example.org' }],
    [['address', 'phone', 'constructor', '__proto__'], ['toString'], {}],
  ])('OC-05 scopes %j and names %j tell %j', (scopes, names, told) => {
    expect(personClaims(ALICE, scopes, names)).toEqual(told);
  });

  it('OC-05 takes of the claims parameter the names that mean something, wherever they ask', () => {
    const request = {
      userinfo: { email: null, given_name: null },
      id_token: { name: { essential: true }, auth_time: null },
    };
    expect(requestedClaims(request)).toEqual({ userinfo: ['email'], idToken: ['name'] });
  });

  it.each([
    undefined,
    {},
    { userinfo: {} },
    { userinfo: { __proto__: { email: null } }, id_token: { toString: null } },
  ])('OC-05 finds nothing in %j', (request) => {
    expect(requestedClaims(request)).toBeUndefined();
  });
});
