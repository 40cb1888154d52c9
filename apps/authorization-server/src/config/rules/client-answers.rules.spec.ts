import { PARTNER_KEY } from '../config.fixture.js';
import { RuleCases } from './rule-cases.fixture.js';

const cases = new RuleCases();
afterAll(() => cases.work.remove());

const CALLBACK = 'https://shop.example/cb';
const web = (members: object = {}) => ({
  client_id: 'web',
  name: 'Web',
  type: 'confidential',
  secret: { env: 'PHOTO_SECRET' },
  grant_types: ['authorization_code'],
  redirect_uris: [CALLBACK],
  ...members,
});
const app = (members: object = {}) => ({
  client_id: 'app',
  name: 'App',
  type: 'public',
  grant_types: ['authorization_code'],
  redirect_uris: ['http://127.0.0.1/cb', 'com.example.app:/cb'],
  ...members,
});
const PAYMENT = { type: 'payment', display_name: 'Pay', fields: [{ name: 'amount.value', kind: 'number' }] };

describe('answers to clients', () => {
  cases.refuses([
    [
      'codes without an address for them',
      [['clients.2', web({ redirect_uris: [] })]],
      'clients[2].redirect_uris: must have at least one entry for authorization_code',
    ],
    ...[
      ['http', 'http://shop.example/cb', 'must use https; http is allowed on loopback hosts only'],
      ['a fragment', `${CALLBACK}#x`, 'must not have a fragment'],
      ['a user name', 'https://a@shop.example/cb', 'must not hold a user name or password'],
      ['a script', 'javascript:alert(1)', 'must use https, or a scheme of its own in reverse domain order'],
      ['a scheme without a dot', 'shop:/cb', 'must use https, or a scheme of its own in reverse domain order'],
      ['a wildcard host', 'https://*.example/{x}', 'must be an absolute URI'],
    ].map(([title, uri, problem]) => {
      const change = [['clients.2', web({ redirect_uris: [uri] })]] as const;
      return [`an address with ${title}`, change, `clients[2].redirect_uris[0]: ${problem}`] as const;
    }),
    [
      'an address twice',
      [['clients.2', web({ redirect_uris: [CALLBACK, CALLBACK] })]],
      'clients[2].redirect_uris[1]: is listed twice',
    ],
    [
      'the own scheme of a web application',
      [['clients.2', web({ redirect_uris: ['com.example.app:/cb'] })]],
      'clients[2].redirect_uris[0]: must use https: own schemes are for native apps',
    ],
    [
      'a bad address after signing out',
      [['clients.2', web({ post_logout_redirect_uris: ['http://shop.example'] })]],
      'clients[2].post_logout_redirect_uris[0]: must use https; http is allowed on loopback hosts only',
    ],
    [
      'OC-04 pairwise subjects for several hosts',
      [['clients.2', web({ redirect_uris: [CALLBACK, 'https://other.example/cb'] })]],
      'clients[2].sector_identifier: is required: redirect_uris have several hosts (OpenID Connect Core section 8.1)',
    ],
    [
      'an algorithm without keys',
      [
        ['keys', { algorithms: ['ES256'] }],
        ['clients.2', web({ id_token_signed_response_alg: 'RS256' })],
      ],
      'clients[2].id_token_signed_response_alg: must be one of keys.algorithms',
    ],
    [
      'the algorithm none',
      [['clients.2', web({ id_token_signed_response_alg: 'none' })]],
      'clients[2].id_token_signed_response_alg: must be one of ES256, EdDSA, RS256, PS256, Ed25519',
    ],
    ...['none', 'HS256', 'RS512'].map((alg) => {
      const change = [['clients.2', web({ request_object_signing_alg: alg })]] as const;
      const problem = 'must be one of ES256, ES384, EdDSA, Ed25519, RS256, PS256';
      return [`request objects by ${alg}`, change, `clients[2].request_object_signing_alg: ${problem}`] as const;
    }),
    [
      'request objects by an algorithm of none of its keys',
      [['clients.2', web({ request_object_signing_alg: 'RS256', jwks: { keys: [PARTNER_KEY] } })]],
      'clients[2].request_object_signing_alg: is not an algorithm of any of its jwks',
    ],
    [
      'an algorithm of assertions for a client with a secret',
      [['clients.2', web({ token_endpoint_auth_signing_alg: 'ES256', jwks: { keys: [PARTNER_KEY] } })]],
      'clients[2].token_endpoint_auth_signing_alg: is for private_key_jwt alone',
    ],
    [
      'JA-06 signed requests without keys',
      [['clients.2', web({ require_signed_request_object: true })]],
      'clients[2].jwks: is required for require_signed_request_object',
    ],
    [
      'an origin with a path',
      [['clients.2', web({ allowed_origins: ['https://shop.example/'] })]],
      'clients[2].allowed_origins[0]: must be an origin, such as https://app.example',
    ],
    [
      'RA-06 a type of details that is not described',
      [['clients.2', web({ authorization_details_types: ['payment'] })]],
      'clients[2].authorization_details_types[0]: is not the type of one of authorization_details_types',
    ],
    [
      'an optional scope that it may not ask for',
      [['clients.2', web({ scopes: ['openid', 'view'], optional_scopes: ['view', 'print'] })]],
      'clients[2].optional_scopes[1]: is not one of scopes',
    ],
    [
      'an optional sign-in',
      [['clients.2', web({ scopes: ['openid'], optional_scopes: ['openid'] })]],
      'clients[2].optional_scopes[0]: must not be openid: it is the sign-in itself',
    ],
    [
      'a type of details with a member type',
      [['authorization_details_types', [{ ...PAYMENT, fields: [{ name: 'type', kind: 'string' }] }]]],
      'authorization_details_types[0].fields[0].name: must not be type: every object has it',
    ],
    [
      'CO-05 codes that live longer than a minute',
      [['authorization', { code_lifetime: '61s' }]],
      'authorization.code_lifetime: must be from 1s to 60s',
    ],
  ]);
  cases.accepts([
    ['a web application', [['clients.2', web()]]],
    ['a native app', [['clients.2', app()]]],
    ['an optional scope', [['clients.2', web({ scopes: ['openid', 'view'], optional_scopes: ['view'] })]]],
    ['a web application under development', [['clients.2', web({ redirect_uris: ['http://localhost:3000/cb'] })]]],
    ['keys beside a secret, for request objects', [['clients.2', web({ jwks: { keys: [PARTNER_KEY] } })]]],
    [
      'several hosts of one sector',
      [
        [
          'clients.2',
          web({ redirect_uris: [CALLBACK, 'https://other.example/cb'], sector_identifier: 'shop.example' }),
        ],
      ],
    ],
    [
      'details of a known type',
      [
        ['authorization_details_types', [PAYMENT]],
        ['clients.2', web({ authorization_details_types: ['payment'] })],
      ],
    ],
  ]);
});

describe('what holds where the file says nothing', () => {
  const metadataOf = (client: object, ...changes: [string, unknown][]) => {
    const settings = { issuer: 'https://as.example', clients: [client], ...Object.fromEntries(changes) };
    return cases.work.load(settings, { PHOTO_SECRET: 'x'.repeat(40) }).clients[0]?.metadata;
  };

  it('RFC 8252: a public client without an https address is a native app', () => {
    expect(metadataOf(app())?.applicationType).toBe('native');
    expect(metadataOf(app({ redirect_uris: [CALLBACK] }))?.applicationType).toBe('web');
    expect(metadataOf(web({ redirect_uris: ['http://127.0.0.1/cb'] }))?.applicationType).toBe('web');
  });

  it('OC-04: the sector is the one https host, and native apps share none', () => {
    expect(metadataOf(web())?.sectorIdentifier).toBe('shop.example');
    expect(metadataOf(app())?.sectorIdentifier).toBeNull();
  });

  it('OpenID Connect Registration 2: answers are signed with RS256, or with what there are keys for', () => {
    expect(metadataOf(web())).toMatchObject({
      idTokenSignedResponseAlg: 'RS256',
      authorizationSignedResponseAlg: 'RS256',
    });
    const keys: [string, unknown] = ['keys', { algorithms: ['EdDSA'], signing_algorithm: 'EdDSA' }];
    expect(metadataOf(web(), keys)).toMatchObject({
      idTokenSignedResponseAlg: 'EdDSA',
      authorizationSignedResponseAlg: 'EdDSA',
    });
  });
});
