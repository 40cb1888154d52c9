import { GRANT_TYPE } from '@valetkey/protocol';
import { hostOfAllAnswers, hostStillOfAllAnswers } from './sector-identifiers.service.js';

const CODE = [GRANT_TYPE.authorizationCode];
const SHOP = 'https://shop.example/cb';

describe('OC-04: the sector of a client that registered itself (attack class 213)', () => {
  it.each([
    ['the host of all its addresses', [SHOP, 'https://shop.example:8443/other'], CODE, 'shop.example'],
    ['none beside a scheme of its own', [SHOP, 'com.mallory.app:/cb'], CODE, null],
    ['none beside a loopback address', [SHOP, 'http://127.0.0.1/cb'], CODE, null],
    ['none of several hosts', [SHOP, 'https://mallory.example/cb'], CODE, null],
    ['none where a device gets answers, too', [SHOP], [...CODE, GRANT_TYPE.deviceCode], null],
    ['none without addresses', [], CODE, null],
  ])('is %s', (_title, uris, grants, expected) => {
    expect(hostOfAllAnswers({ redirect_uris: uris, grant_types: grants })).toBe(expected);
  });

  it.each([
    ['the host that hears of logouts, too', [SHOP], 'https://shop.example/logout', 'shop.example'],
    ['none where logouts are told to another host', [SHOP], 'https://mallory.example/logout', null],
    ['none where they are told in the open', [SHOP], 'http://shop.example/logout', null],
    ['none where nothing but logouts is told', [], 'https://shop.example/logout', null],
  ])('is %s', (_title, uris, logout, expected) => {
    const request = { redirect_uris: uris, grant_types: CODE, backchannel_logout_uri: logout };
    expect(hostOfAllAnswers(request)).toBe(expected);
  });

  it('stays what it was, or is none, whatever changes', () => {
    const request = { redirect_uris: [SHOP], grant_types: CODE };
    const after = (sector: string | null) => hostStillOfAllAnswers(request, { sector });
    expect([after('shop.example'), after('mallory.example'), after(null)]).toEqual(['shop.example', null, null]);
    expect(hostStillOfAllAnswers(request, undefined)).toBe('shop.example');
  });
});
