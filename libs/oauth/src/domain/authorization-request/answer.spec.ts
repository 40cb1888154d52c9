import { answerWith } from './answer.js';

const FIELDS = { code: 'c d', state: '"><script>&=+\r\nX: y', iss: 'https://as.example' };
const ENCODED = 'code=c+d&state=%22%3E%3Cscript%3E%26%3D%2B%0D%0AX%3A+y&iss=https%3A%2F%2Fas.example';

describe('RFC 6749 section 4.1.2: an answer', () => {
  it.each([
    ['query', 'https://shop.example/cb', `https://shop.example/cb?${ENCODED}`],
    ['query', 'https://shop.example/cb?a=b', `https://shop.example/cb?a=b&${ENCODED}`],
    ['query', 'https://shop.example/cb?', `https://shop.example/cb?${ENCODED}`],
    ['query.jwt', 'com.example.app:/cb', `com.example.app:/cb?${ENCODED}`],
    ['fragment', 'https://shop.example/cb?a=b', `https://shop.example/cb?a=b#${ENCODED}`],
    ['fragment.jwt', 'http://127.0.0.1:7000/cb', `http://127.0.0.1:7000/cb#${ENCODED}`],
  ] as const)(
    'attack class 15: goes as %s to %s, with nothing that splits it',
    (responseMode, redirectUri, location) => {
      expect(answerWith({ redirectUri, responseMode }, FIELDS)).toEqual({ kind: 'redirect', location });
      expect(Object.fromEntries(new URLSearchParams(ENCODED))).toEqual(FIELDS);
    },
  );

  it.each(['form_post', 'form_post.jwt'] as const)('goes as %s in fields, unchanged', (responseMode) => {
    const redirectUri = 'https://shop.example/cb?a=b';
    expect(answerWith({ redirectUri, responseMode }, FIELDS)).toEqual({
      kind: 'form_post',
      action: redirectUri,
      fields: FIELDS,
    });
  });
});
