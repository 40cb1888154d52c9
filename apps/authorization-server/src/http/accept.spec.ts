import { prefers } from './accept.js';

const JWT = 'application/token-introspection+jwt';

describe('RFC 9110 §12.5.1: what a caller accepts', () => {
  it.each([
    JWT,
    JWT.toUpperCase(),
    `${JWT};q=0.1`,
    `text/html, ${JWT} ; q=0.5 , */*;q=0.1`,
    `application/json, ${JWT}`,
    `application/json;q=0.5, ${JWT};q=0.9`,
  ])('IR-26 %s asks for the JWT', (header) => {
    expect(prefers(header, JWT)).toBe(true);
  });

  it.each([
    undefined,
    '',
    '*/*',
    'application/*',
    'application/json',
    `${JWT};q=0`,
    `${JWT};q=0.0`,
    `${JWT};q=x`,
    `application/json, ${JWT};q=0.9`,
    `${JWT}x`,
    ','.repeat(5000),
  ])('IR-26 %.60s does not', (header) => {
    expect(prefers(header, JWT)).toBe(false);
  });
});
