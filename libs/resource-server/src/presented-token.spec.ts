import { presentedToken } from './presented-token.js';

describe('RFC 6750 §2: the token of a request', () => {
  it.each(['Bearer abc', 'bearer abc', 'BEARER  abc'])('is found in "%s"', (authorization) => {
    expect(presentedToken({ url: '/', headers: { authorization } })).toEqual({ kind: 'bearer', token: 'abc' });
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Bearer a,b',
    'Basic abc',
    'DPoP abc',
    'Bearer a\u00e9',
    'xBearer abc',
  ])('is not found in %j', (authorization) => {
    expect(presentedToken({ url: '/', headers: { authorization } })).toEqual({ kind: 'none' });
  });

  it('is not looked for beyond 8 KiB', () => {
    expect(presentedToken({ headers: { authorization: `Bearer ${'a'.repeat(9_000)}` } })).toEqual({ kind: 'none' });
  });

  it.each(['/?access_token=abc', '/?a=b&rpt=abc', '/?access_token', '/?access%5Ftoken=abc'])(
    'RFC 9700 §4.3.2 is refused in the query of %s, even beside a header',
    (url) => {
      expect(presentedToken({ url, headers: { authorization: 'Bearer abc' } })).toEqual({ kind: 'in_query' });
    },
  );
});
