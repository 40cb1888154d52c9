import { normalTargetUri } from './target-uri.js';

describe('RFC 9449 §4.3: the target URI of a proof', () => {
  it.each([
    ['https://as.example/token', 'https://as.example/token'],
    ['HTTPS://AS.Example:443/token', 'https://as.example/token'],
    ['http://as.example:80/token', 'http://as.example/token'],
    ['https://as.example/token?a=b#c', 'https://as.example/token'],
    ['https://as.example/t1/../token', 'https://as.example/token'],
    ['https://as.example/%74oken', 'https://as.example/token'],
    ['https://as.example/a%2fb', 'https://as.example/a%2Fb'],
    ['https://as.example', 'https://as.example/'],
    ['http://[::1]:8080/token', 'http://[::1]:8080/token'],
  ])('DP-02 %s is %s', (text, normal) => {
    expect(normalTargetUri(text)).toBe(normal);
  });

  it.each([
    ['https://as.example/token', 'https://as.example/token/'],
    ['https://as.example/token', 'http://as.example/token'],
    ['https://as.example/token', 'https://as.example:8443/token'],
    ['https://as.example/token', 'https://as.example/Token'],
    ['https://as.example/a/b', 'https://as.example/a%2Fb'],
    ['https://as.example/token', 'https://as.example.evil.test/token'],
  ])('DP-02 %s is not %s', (one, other) => {
    expect(normalTargetUri(one)).not.toBe(normalTargetUri(other));
  });

  it.each([
    ...['', '/token', 'as.example/token', 'ftp://as.example/token', 'javascript:alert(1)', 'https:as.example/token'],
    ...['https://user@as.example/token', 'https://a:b@as.example/token', 'https://as.example\\token', 'https://'],
    ...['https://as.example/to ken', 'https://as.example/\ntoken', ' https://as.example/token'],
  ])('DP-02 %j is no target URI', (text) => {
    expect(normalTargetUri(text)).toBeUndefined();
  });
});
