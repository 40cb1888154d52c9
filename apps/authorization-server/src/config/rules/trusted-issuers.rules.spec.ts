import { PARTNER_KEY, publicKey } from '../config.fixture.js';
import { RuleCases } from './rule-cases.fixture.js';
import type { Change } from './rule-cases.fixture.js';

const cases = new RuleCases();
afterAll(() => cases.work.remove());

describe('trusted issuers', () => {
  const at = 'trusted_issuers.0';
  const other = { issuer: 'https://other.example', name: 'Other', jwks: { keys: [PARTNER_KEY] } };
  cases.work.write('partner.json', JSON.stringify({ keys: [PARTNER_KEY] }), 0o644);
  cases.work.write('secret.json', JSON.stringify({ keys: [{ ...PARTNER_KEY, d: 'x' }] }));
  cases.work.write('broken.json', '{');
  const file = (name: string): Change[] => [
    [`${at}.jwks`, undefined],
    [`${at}.jwks_file`, name],
  ];
  cases.refuses([
    [
      'an issuer twice',
      [['trusted_issuers.1', { ...other, issuer: 'https://partner.example' }]],
      'trusted_issuers[1].issuer: is the issuer of another entry',
    ],
    [
      'the server itself',
      [['trusted_issuers.1', { ...other, issuer: 'https://as.example' }]],
      'trusted_issuers[1].issuer: must not be the issuer of this server',
    ],
    [
      'keys from two places',
      [[`${at}.jwks_file`, 'partner.json']],
      'trusted_issuers[0].jwks_file: must not be given together with jwks',
    ],
    ['no keys', [[`${at}.jwks`, undefined]], 'trusted_issuers[0].jwks: is required (this or jwks_file)'],
    [
      'a file that is not there',
      file('none.json'),
      `trusted_issuers[0].jwks_file: ${cases.work.folder}/none.json does not exist`,
    ],
    [
      'a file that is not JSON',
      file('broken.json'),
      `trusted_issuers[0].jwks_file: ${cases.work.folder}/broken.json is not JSON in UTF-8`,
    ],
    [
      'a private key in the file',
      file('secret.json'),
      `trusted_issuers[0].jwks_file: ${cases.work.folder}/secret.json: keys.0 must be a public key; private and symmetric keys do not belong here`,
    ],
    [
      'none as algorithm',
      [[`${at}.algorithms`, ['none']]],
      'trusted_issuers[0].algorithms[0]: must be one of ES256, ES384, EdDSA, Ed25519, RS256, PS256',
    ],
    [
      'HMAC',
      [[`${at}.algorithms`, ['ES256', 'HS256']]],
      'trusted_issuers[0].algorithms[1]: must be one of ES256, ES384, EdDSA, Ed25519, RS256, PS256',
    ],
    [
      'algorithms that no key fits',
      [[`${at}.algorithms`, ['RS256']]],
      'trusted_issuers[0].algorithms: must have one that fits a key of the issuer',
    ],
    ['no audience', [[`${at}.audiences`, []]], 'trusted_issuers[0].audiences: must have at least one entry'],
    [
      'http on a public host',
      [[`${at}.issuer`, 'http://partner.example']],
      'trusted_issuers[0].issuer: must use https; http is allowed on loopback hosts only',
    ],
  ]);
  cases.accepts([
    ['keys from a file', file('partner.json')],
    ['an issuer with a slash at the end', [['trusted_issuers.1', { ...other, issuer: 'https://other.example/' }]]],
    [
      'an RSA key for PS256',
      [['trusted_issuers.1', { ...other, jwks: { keys: [publicKey('rsa')] }, algorithms: ['PS256'] }]],
    ],
  ]);
});
