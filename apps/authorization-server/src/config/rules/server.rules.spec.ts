import { POSTGRES, RuleCases } from './rule-cases.fixture.js';
import type { Change } from './rule-cases.fixture.js';

const cases = new RuleCases();
afterAll(() => cases.work.remove());

describe('RFC 8414 §2: the issuer', () => {
  cases.refuses([
    ['none', [['issuer', undefined]], 'issuer: is required'],
    ['a number', [['issuer', 1]], 'issuer: must be text; put it in quotes'],
    ['a relative address', [['issuer', '/as']], 'issuer: must be an absolute http or https URL'],
    ['another scheme', [['issuer', 'ftp://as.example']], 'issuer: must be an absolute http or https URL'],
    [
      'http on a public host',
      [['issuer', 'http://as.example']],
      'issuer: must use https; http is allowed on loopback hosts only',
    ],
    ['a query', [['issuer', 'https://as.example?a=b']], 'issuer: must not have a query'],
    ['an empty query', [['issuer', 'https://as.example/x?']], 'issuer: must not have a query'],
    ['a fragment', [['issuer', 'https://as.example#']], 'issuer: must not have a fragment'],
    ['a slash at the end', [['issuer', 'https://as.example/']], 'issuer: must not end with a slash'],
    [
      'capitals in the host',
      [['issuer', 'https://AS.example']],
      'issuer: must be written in its normal form, https://as.example',
    ],
    [
      'the default port',
      [['issuer', 'https://as.example:443/x']],
      'issuer: must be written in its normal form, https://as.example/x',
    ],
    [
      'a disguised loopback address',
      [['issuer', 'http://127.1:80']],
      'issuer: must be written in its normal form, http://127.0.0.1',
    ],
    ['a user name', [['issuer', 'https://me@as.example']], 'issuer: must not hold a user name or password'],
  ]);
  cases.accepts([
    ['http on localhost', [['issuer', 'http://localhost:8080']]],
    ['http on ::1', [['issuer', 'http://[::1]:8080']]],
    ['a path', [['issuer', 'https://as.example/tenants/one']]],
  ]);
});

describe('the database and keys', () => {
  const key: Change = ['keys.encryption_key', { env: 'KEY' }];
  cases.refuses([
    ['another type', [['database', { type: 'mysql' }]], 'database.type: must be one of sqlite, postgres'],
    ['postgres without url', [['database', { type: 'postgres' }], key], 'database.url: is required for postgres'],
    [
      'postgres with a path',
      [['database', { ...POSTGRES, path: 'x' }], key],
      'database.path: must not be given: it is for sqlite',
    ],
    ['sqlite with a pool', [['database', { pool: 4 }]], 'database.pool: must not be given: it is for postgres'],
    [
      'sqlite with a query time-out',
      [['database', { query_timeout: '1s' }]],
      'database.query_timeout: must not be given: it is for postgres',
    ],
    [
      'a query time-out without unit',
      [['database', { ...POSTGRES, query_timeout: 1000 }], key],
      'database.query_timeout: must be a duration with its unit, such as "500ms", "30s", "10m", "12h" or "30d"',
    ],
    [
      'sqlite with a url',
      [['database', { url: { env: 'DB' } }]],
      'database.url: must not be given: it is for postgres',
    ],
    [
      'postgres without encryption key',
      [['database', POSTGRES]],
      'keys.encryption_key: is required for postgres: 32 random bytes in base64url, the same for every server of one database',
    ],
    [
      'postgres with a key file that is not there',
      [
        ['database', POSTGRES],
        ['keys.encryption_key', { file: 'no-such-key' }],
      ],
      `keys.encryption_key.file: ${cases.work.folder}/no-such-key does not exist`,
    ],
    [
      'a url of something else',
      [['database', { type: 'postgres', url: { env: 'KEY' } }], key],
      'database.url: the secret found there must be a URL such as postgres://user:password@host:5432/database',
    ],
    [
      'an encryption key that is too short',
      [['keys.encryption_key', { env: 'SHORT' }]],
      'keys.encryption_key: the secret found there must be 32 bytes in base64url (43 characters, no padding)',
    ],
    [
      'a signing algorithm without keys',
      [['keys.signing_algorithm', 'PS256']],
      'keys.signing_algorithm: must be one of keys.algorithms',
    ],
    [
      'no algorithms',
      [
        ['keys.algorithms', []],
        ['keys.signing_algorithm', undefined],
      ],
      'keys.algorithms: must have at least one entry',
    ],
    [
      'HMAC',
      [['keys.algorithms', ['ES256', 'HS256']]],
      'keys.algorithms[1]: must be one of ES256, EdDSA, RS256, PS256',
    ],
    [
      'publishing longer than signing',
      [['keys', { rotate_every: '1d', publish_ahead: '24h' }]],
      'keys.publish_ahead: must be shorter than keys.rotate_every',
    ],
    [
      'wording given twice',
      [['scopes.1', { name: 'view', display_name: 'V' }]],
      'scopes[1].name: has its wording twice',
    ],
  ]);
  cases.accepts([
    ['postgres with its url and key', [['database', { ...POSTGRES, pool: 4, query_timeout: '1s' }], key]],
  ]);
});

describe('attack class 278: trusted proxies', () => {
  const proxies = (list: unknown): Change => ['http.trusted_proxies', list];
  const NEITHER = 'must be an IP address or a network such as 10.0.0.0/8 or fd00::/8';
  cases.refuses([
    ['everybody', [proxies(true)], 'http.trusted_proxies: must be a list'],
    ['one that is no list', [proxies('10.0.0.1')], 'http.trusted_proxies: must be a list'],
    ['a name', [proxies(['10.0.0.1', 'proxy.example'])], `http.trusted_proxies[1]: ${NEITHER}`],
    ['a number', [proxies([10])], 'http.trusted_proxies[0]: must be text; put it in quotes'],
    [
      'a network that is too long',
      [proxies(['10.0.0.0/8', '192.0.2.0/33'])],
      'http.trusted_proxies[1]: must have a length from 1 to 32 behind the slash',
    ],
    [
      'every address',
      [proxies(['::/0'])],
      'http.trusted_proxies[0]: must not be every address: anybody could name any address then',
    ],
    ['one twice', [proxies(['::1', '::1'])], 'http.trusted_proxies[1]: is listed twice'],
  ]);
  cases.accepts([
    ['addresses and networks of both kinds', [proxies(['127.0.0.1', '10.0.0.0/8', '::1', 'fd00::/8'])]],
    ['none', [proxies([])]],
  ]);
});
