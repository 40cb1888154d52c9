import { PARTNER_KEY } from '../config.fixture.js';
import { RuleCases } from './rule-cases.fixture.js';

const cases = new RuleCases();
afterAll(() => cases.work.remove());

const URN = 'urn:ietf:params:oauth:grant-type:uma-ticket';

describe('clients', () => {
  const open = { client_id: 'app', name: 'App', type: 'public' };
  const signer = {
    client_id: 'signer',
    name: 'S',
    type: 'confidential',
    token_endpoint_auth_method: 'private_key_jwt',
  };
  const jwks = { keys: [PARTNER_KEY] };
  cases.refuses([
    [
      'a client_id twice',
      [['clients.1.client_id', 'photo-service']],
      'clients[1].client_id: is the client_id of another client',
    ],
    [
      'a client_id with a space',
      [['clients.1.client_id', 'print shop']],
      'clients[1].client_id: must be 1 to 128 of the characters A-Z a-z 0-9 . _ ~ : / @ + -',
    ],
    [
      'an unknown grant type',
      [['clients.1.grant_types', ['password']]],
      `clients[1].grant_types[0]: must be one of authorization_code, client_credentials, urn:ietf:params:oauth:grant-type:device_code, refresh_token, ${URN}`,
    ],
    [
      'an unknown audience',
      [['clients.1.audiences', ['https://photos.example/']]],
      'clients[1].audiences[0]: is not the resource of one of resource_servers',
    ],
    [
      'a public client that authenticates',
      [['clients.2', { ...open, token_endpoint_auth_method: 'client_secret_basic' }]],
      'clients[2].token_endpoint_auth_method: must be none: a public client has no secret or key',
    ],
    [
      'a public client with a secret',
      [['clients.2', { ...open, secret: { file: 's' } }]],
      'clients[2].secret: must not be given: none does not use it',
    ],
    [
      'a public client with keys',
      [['clients.2', { ...open, jwks }]],
      'clients[2].jwks: must not be given: none does not use it',
    ],
    [
      'a public client with client_credentials',
      [['clients.2', { ...open, grant_types: ['refresh_token', 'client_credentials'] }]],
      'clients[2].grant_types[1]: is not for public clients, which cannot authenticate (RFC 6749 section 4.4)',
    ],
    [
      'a confidential client that does not authenticate',
      [['clients.1.token_endpoint_auth_method', 'none']],
      'clients[1].token_endpoint_auth_method: must not be none: a confidential client authenticates',
    ],
    [
      'a confidential client without secret',
      [['clients.1.secret', undefined]],
      'clients[1].secret: is required for client_secret_post',
    ],
    ['private_key_jwt without keys', [['clients.2', signer]], 'clients[2].jwks: is required for private_key_jwt'],
    [
      'keys and an address of keys',
      [['clients.2', { ...signer, jwks, jwks_uri: 'https://shop.example/jwks' }]],
      'clients[2].jwks_uri: must not be given together with jwks',
    ],
    [
      'an address of keys that nobody needs',
      [['clients.1.jwks_uri', 'https://shop.example/jwks']],
      'clients[1].jwks_uri: must not be given: client_secret_post does not use it',
    ],
    [
      'keys at an address in plain text',
      [['clients.2', { ...signer, jwks_uri: 'http://shop.example/jwks' }]],
      'clients[2].jwks_uri: must use https; http is allowed on loopback hosts only',
    ],
    [
      'private_key_jwt with a secret',
      [['clients.2', { ...signer, jwks, secret: { file: 's' } }]],
      'clients[2].secret: must not be given: private_key_jwt does not use it',
    ],
    [
      'a secret with keys',
      [['clients.1.jwks', jwks]],
      'clients[1].jwks: must not be given: client_secret_post does not use it',
    ],
    [
      'a JWT without audience',
      [
        ['clients.1.access_token_format', 'jwt'],
        ['clients.1.audiences', []],
      ],
      'clients[1].audiences: must have at least one entry: a JWT access token needs an audience (RFC 9068 section 3)',
    ],
    [
      'a secret in the file',
      [['clients.1.secret', 'x'.repeat(40)]],
      'clients[1].secret: a secret must not stand in this file: give { file: PATH } or { env: NAME }',
    ],
    [
      'a secret from two places',
      [['clients.1.secret', { file: 'a', env: 'PHOTO_SECRET' }]],
      'clients[1].secret: a secret must not stand in this file: give { file: PATH } or { env: NAME }',
    ],
    [
      'a secret from nowhere',
      [['clients.1.secret', {}]],
      'clients[1].secret: a secret must not stand in this file: give { file: PATH } or { env: NAME }',
    ],
    [
      'a short secret',
      [['clients.1.secret', { env: 'SHORT' }]],
      'clients[1].secret: the secret found there must be at least 32 characters long',
    ],
    [
      'a secret from a variable that is not set',
      [['clients.1.secret', { env: 'NOT_SET' }]],
      'clients[1].secret.env: the environment variable NOT_SET is not set or empty',
    ],
    [
      'a logo over http',
      [['clients.1.logo_uri', 'http://a.example/l.png']],
      'clients[1].logo_uri: must use https; http is allowed on loopback hosts only',
    ],
    [
      'a logo that is a script',
      [['clients.1.logo_uri', 'javascript:alert(1)']],
      'clients[1].logo_uri: must be an absolute http or https URL',
    ],
    [
      'terms that are not at an https address',
      [['clients.1.tos_uri', 'http://127.0.0.1:8082/terms']],
      'clients[1].tos_uri: must use https',
    ],
    [
      'a control character in a name',
      [['clients.1.name', 'a\u0007b']],
      'clients[1].name: must not hold control characters',
    ],
    [
      'a name that turns what stands behind it',
      [['clients.1.name', 'Shop\u202etfel']],
      'clients[1].name: must not hold characters that cannot be seen or turn the text around it',
    ],
  ]);
  cases.accepts([
    ['a public client', [['clients.2', { ...open, grant_types: [URN, 'refresh_token'] }]]],
    ['a client with keys', [['clients.2', { ...signer, jwks }]]],
    ['a client with keys at an address', [['clients.2', { ...signer, jwks_uri: 'https://shop.example/jwks' }]]],
    ['JWT with an audience', [['clients.1.access_token_format', 'jwt']]],
    ['a logo on a loopback host', [['clients.1.logo_uri', 'http://127.0.0.1:8082/logo.svg']]],
  ]);
});
