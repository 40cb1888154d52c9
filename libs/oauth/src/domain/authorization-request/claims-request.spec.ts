import { OAuthError } from '../oauth-error.js';
import { essentialAcrValues, parseClaimsRequest } from './claims-request.js';

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;

describe('OpenID Connect Core section 5.5: the claims parameter', () => {
  it('names claims for the two places, and how they are wanted', () => {
    const text = `{"userinfo":{"email":null,"name":{"essential":true}},"id_token":{"auth_time":{"essential":true}},"x":{"y":1}}`;
    expect(parseClaimsRequest(text)).toEqual({
      userinfo: { email: null, name: { essential: true } },
      id_token: { auth_time: { essential: true } },
    });
  });

  it.each([
    '',
    'x',
    'null',
    '[]',
    '"userinfo"',
    '{"userinfo":[]}',
    '{"userinfo":{"email":"x"}}',
    '{"userinfo":{"email":[]}}',
    '{"userinfo":{"email":{"essential":"yes"}}}',
    '{"userinfo":{"email":{"values":"x"}}}',
    '{"userinfo":{"__proto__":null}}',
    '{"userinfo":{"email":null},"userinfo":{"name":null}}',
    '{"userinfo":{"email":{"essential":true,"\\u0065ssential":false}}}',
    '{"id_token":{"<b>":null}}',
    `{"userinfo":{${Array.from({ length: 101 }, (_, index) => `"c${index}":null`).join()}}}`,
    `{"x":"${'y'.repeat(8_192)}"}`,
    deep(2_000),
  ])('attack class 34: is refused as %.40s', (text) => {
    expect(() => parseClaimsRequest(text)).toThrow(OAuthError);
    expect(({} as Record<string, unknown>)['essential']).toBeUndefined();
  });

  it('insists on an acr only where it says that it is essential', () => {
    const acr = (request: object) => essentialAcrValues({ id_token: { acr: request } });
    expect(acr({ essential: true, value: 'phr' })).toEqual(['phr']);
    expect(acr({ essential: true, values: ['a', 1, 'b'] })).toEqual(['a', 'b']);
    expect(acr({ values: ['phr'] })).toEqual([]);
    expect(essentialAcrValues(undefined)).toEqual([]);
  });
});
