import { publicKey } from '../config.fixture.js';
import { RuleCases } from './rule-cases.fixture.js';

const cases = new RuleCases();
afterAll(() => cases.work.remove());

const EC = publicKey('ec', { use: 'enc' });
const RSA = publicKey('rsa', { use: 'enc' });
const SIGNING = publicKey('ec', { use: 'sig' });
const reader = (members: object) => ({
  client_id: 'reader',
  name: 'Reader',
  type: 'confidential',
  secret: { env: 'PHOTO_SECRET' },
  grant_types: ['authorization_code'],
  redirect_uris: ['https://reader.example/cb'],
  ...members,
});
const ID_TOKEN = { id_token_encrypted_response_alg: 'ECDH-ES' };
const FITS = 'needs a key in jwks that fits, for encryption or for anything';

describe('OpenID Connect Registration §2: encrypted answers', () => {
  cases.refuses([
    ...['RSA1_5', 'RSA-OAEP', 'dir', 'A128KW', 'PBES2-HS256+A128KW', 'none'].map((alg) => {
      const change = [['clients.2', reader({ jwks: { keys: [EC] }, id_token_encrypted_response_alg: alg })]] as const;
      const problem = 'must be one of RSA-OAEP-256, ECDH-ES, ECDH-ES+A256KW';
      return [`95 ${alg}`, change, `clients[2].id_token_encrypted_response_alg: ${problem}`] as const;
    }),
    ['no key', [['clients.2', reader(ID_TOKEN)]], `clients[2].id_token_encrypted_response_alg: ${FITS}`],
    [
      'a key for another algorithm',
      [['clients.2', reader({ ...ID_TOKEN, jwks: { keys: [RSA] } })]],
      `clients[2].id_token_encrypted_response_alg: ${FITS}`,
    ],
    [
      'a key for signatures',
      [['clients.2', reader({ ...ID_TOKEN, jwks: { keys: [SIGNING] } })]],
      `clients[2].id_token_encrypted_response_alg: ${FITS}`,
    ],
    [
      'content encryption alone',
      [['clients.2', reader({ introspection_encrypted_response_enc: 'A256GCM' })]],
      'clients[2].introspection_encrypted_response_enc: must not be given without introspection_encrypted_response_alg',
    ],
    [
      'the private half of a key',
      [['clients.2', reader({ ...ID_TOKEN, jwks: { keys: [{ ...EC, d: 'x' }] } })]],
      'clients[2].jwks.keys[0]: must be a public key; private and symmetric keys do not belong here',
    ],
    [
      'a key that cannot encrypt',
      [['clients.2', reader({ ...ID_TOKEN, jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'x', use: 'enc' }] } })]],
      'clients[2].jwks.keys[0]: must be an EC (P-256, P-384), OKP (X25519) or RSA key to encrypt with',
    ],
    [
      'an encryption key of an issuer',
      [['trusted_issuers.0.jwks', { keys: [EC] }]],
      'trusted_issuers[0].jwks.keys[0]: must be a signing key (use: sig)',
    ],
  ]);
  cases.accepts([
    ['keys at an address', [['clients.2', reader({ ...ID_TOKEN, jwks_uri: 'https://reader.example/jwks' })]]],
    [
      'UserInfo that nobody signed (OpenID Connect Core §5.3.2)',
      [['clients.2', reader({ userinfo_encrypted_response_alg: 'ECDH-ES', jwks: { keys: [EC] } })]],
    ],
    ['an EC key', [['clients.2', reader({ ...ID_TOKEN, jwks: { keys: [EC] } })]]],
    [
      'an RSA key beside one for signatures',
      [
        [
          'clients.2',
          reader({
            id_token_encrypted_response_alg: 'RSA-OAEP-256',
            jwks: {
              keys: [
                { ...SIGNING, kid: 's' },
                { ...RSA, kid: 'e' },
              ],
            },
          }),
        ],
      ],
    ],
  ]);
});
