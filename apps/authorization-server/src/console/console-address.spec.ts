import { consoleAddress } from './console-address.js';

describe('attack class 221: where a sign-in at the console leads', () => {
  it.each([
    '/console/',
    '/console/access',
    '/console/access?show=no_end&q=Zo%C3%AB#row',
    '/console/resources/r_1/activity',
    '/operator/clients?sort=name',
  ])('%s is a screen', (address) => expect(consoleAddress(address)).toBe(address));

  it.each([
    undefined,
    ['/console/'],
    '',
    'access',
    'https://evil.example/console/',
    '//evil.example/console/',
    '/\\evil.example/console/',
    '\\\\evil.example',
    '/console/../authorize?client_id=x',
    '/console/%2e%2e/authorize',
    '/console/..%2fauthorize',
    '/console//evil.example',
    '/console/\\evil.example',
    '/console',
    '/consolex/',
    '/account/password',
    '/sign-out',
    '/console/sign-in?return=/console/',
    'javascript:alert(1)//console/',
    '/console/\r\nSet-Cookie: a=b',
    '/console/ x',
    '/\t/evil.example',
    'http:/console/',
    '/@evil.example/console/',
    `/console/${'x'.repeat(2_000)}`,
  ])('%j is none: the first screen instead', (address) => expect(consoleAddress(address)).toBe('/console/'));
});
