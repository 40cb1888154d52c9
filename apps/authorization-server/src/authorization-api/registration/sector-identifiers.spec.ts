import { GRANT_TYPE } from '@valetkey/protocol';
import { hostOfAllAnswers } from './sector-identifiers.service.js';

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
});
