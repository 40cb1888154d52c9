import { randomBytes } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair } from 'jose';

import { createIdentityProvider, type IdentityProvider } from './identity-provider.js';

export const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code';
export const UMA_TICKET = 'urn:ietf:params:oauth:grant-type:uma-ticket';
export const ID_TOKEN_FORMAT = 'http://openid.net/specs/openid-connect-core-1_0.html#IDToken';

export type Settings = Record<string, unknown>;

/** How a client of the world proves who it is. */
export interface Credentials {
  readonly clientId: string;
  readonly method: 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt' | 'none';
  /** Known for the two secret methods. */
  readonly secret?: string;
  /** Known for `private_key_jwt`; ES256. */
  readonly key?: CryptoKey;
}

/** Everyone and everything that a test can meet without setting it up itself. */
export interface World {
  /** The partner that signs ID tokens of carol and dave. */
  readonly partner: IdentityProvider;
  /** Resource servers photo-service and other-service; clients print-shop (basic), other-shop (post, may ask both services), signed-shop (key, JWT),
   *  public-app (public), owner-app (for owner bearer tokens) and login-app (learns who people are). */
  readonly clients: Readonly<Record<ClientName, Credentials>>;
  /** `valetkey.yaml` as an object, complete but for issuer, listen address, database and keys. */
  readonly settings: Settings;
}

export type ClientName =
  | 'photo-service'
  | 'other-service'
  | 'print-shop'
  | 'other-shop'
  | 'signed-shop'
  | 'public-app'
  | 'owner-app'
  | 'login-app';

export const PHOTOS = 'https://photos.example';
export const OTHERS = 'https://others.example';
/** Subjects at the partner; carol also has an account here (linked to this subject), dave has none. */
export const CAROL = 'carol-1';
export const DAVE = 'dave-2';

/** Alice has it from the start; its variable is in the environment of every program of ours. */
export const PASSWORD = 'seven small boats at sea';
export const PASSWORD_VARIABLE = 'VALETKEY_TEST_PASSWORD';

/** Where the shops get their answers. */
export const CALLBACK = 'https://shop.example/callback';

const IDENTITY_SCOPES = ['openid', 'profile', 'email', 'offline_access'];
const SHOP_SCOPES = ['photos.read', 'photos.write', 'view', 'print', 'download'];
const SHOP = {
  publisher: 'Shops Ltd',
  type: 'confidential',
  grant_types: ['authorization_code', 'client_credentials', 'refresh_token', UMA_TICKET, DEVICE_CODE],
  redirect_uris: [CALLBACK, `${CALLBACK}/2`],
  scopes: [...SHOP_SCOPES, ...IDENTITY_SCOPES],
  audiences: [PHOTOS],
};
const RESOURCE_SERVER = {
  type: 'confidential',
  grant_types: ['client_credentials', 'refresh_token'],
  scopes: ['uma_protection', 'introspect'],
};

/** A secret that goes wrong in every client that forgets the form encoding of Basic credentials. */
const awkwardSecret = () => `${randomBytes(24).toString('base64url')}:%2B +&=/`.replace(' ', '');
const secretFile = (clientId: string) => ({ file: `./secrets/${clientId}` });

/** Makes a fresh world: new keys, new secrets. */
export async function createWorld(): Promise<World> {
  const partner = await createIdentityProvider('https://partner.example');
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const publicJwk = { ...(await exportJWK(publicKey)), kid: 'signed-shop-1', alg: 'ES256', use: 'sig' };
  const withSecret = (clientId: string, method: 'client_secret_basic' | 'client_secret_post'): Credentials => ({
    clientId,
    method,
    secret: awkwardSecret(),
  });
  return {
    partner,
    clients: {
      'photo-service': withSecret('photo-service', 'client_secret_basic'),
      'other-service': withSecret('other-service', 'client_secret_basic'),
      'print-shop': withSecret('print-shop', 'client_secret_basic'),
      'other-shop': withSecret('other-shop', 'client_secret_post'),
      'signed-shop': { clientId: 'signed-shop', method: 'private_key_jwt', key: privateKey },
      'public-app': { clientId: 'public-app', method: 'none' },
      'owner-app': withSecret('owner-app', 'client_secret_basic'),
      'login-app': withSecret('login-app', 'client_secret_basic'),
    },
    settings: {
      scopes: scopeWording(),
      resource_servers: resourceServers(),
      clients: clientSettings(publicJwk),
      accounts: accounts(partner),
      trusted_issuers: [{ issuer: partner.issuer, name: 'Example partner', jwks: partner.jwks }],
    },
  };
}

const scopeWording = () => [
  { name: 'view', level: 'see', verb: 'see', object: 'the photos', 'verb#de': 'ansehen', 'object#de': 'Fotos' },
  { name: 'print', level: 'act', verb: 'print', object: 'the photos', 'verb#de': 'drucken', 'object#de': 'Fotos' },
];

const resourceServers = () => [
  {
    client_id: 'photo-service',
    resource: PHOTOS,
    name: 'Photo service',
    scopes: ['photos.read', 'photos.write'],
    realm: 'photos',
  },
  { client_id: 'other-service', resource: OTHERS, name: 'Other service', scopes: ['others.read'] },
];

function clientSettings(signedShopKey: object): Settings[] {
  const named = (clientId: string, name: string) => ({ client_id: clientId, name, secret: secretFile(clientId) });
  return [
    { ...RESOURCE_SERVER, ...named('photo-service', 'Photo service') },
    { ...RESOURCE_SERVER, ...named('other-service', 'Other service') },
    { ...SHOP, ...named('print-shop', 'Print shop') },
    {
      ...SHOP,
      ...named('other-shop', 'Other shop'),
      token_endpoint_auth_method: 'client_secret_post',
      scopes: [...SHOP_SCOPES, ...IDENTITY_SCOPES, 'others.read'],
      audiences: [PHOTOS, OTHERS],
    },
    {
      ...SHOP,
      client_id: 'signed-shop',
      name: 'Signed shop',
      token_endpoint_auth_method: 'private_key_jwt',
      jwks: { keys: [signedShopKey] },
      access_token_format: 'jwt',
    },
    {
      client_id: 'public-app',
      name: 'Public app',
      type: 'public',
      grant_types: ['authorization_code', 'refresh_token', UMA_TICKET, DEVICE_CODE],
      redirect_uris: ['http://127.0.0.1/callback', 'com.example.app:/callback'],
      scopes: ['photos.read', 'view', 'print', ...IDENTITY_SCOPES],
      audiences: [PHOTOS],
    },
    {
      ...named('owner-app', 'Owner app'),
      type: 'confidential',
      grant_types: ['refresh_token'],
      scopes: ['authorizations', 'authorizations.write'],
    },
    {
      ...named('login-app', 'Login app'),
      type: 'confidential',
      grant_types: ['refresh_token'],
      scopes: ['openid', 'profile', 'email', 'offline_access', 'photos.read'],
      audiences: [PHOTOS],
    },
  ];
}

const accounts = (partner: IdentityProvider) => [
  {
    id: 'alice',
    username: 'alice',
    name: 'Alice Archer',
    email: 'alice@example.org',
    locale: 'en',
    zone: 'Europe/Vienna',
    password: { env: PASSWORD_VARIABLE },
  },
  { id: 'bob', username: 'bob', name: 'Bob Baker', email: 'bob@example.org' },
  { id: 'carol', username: 'carol', name: 'Carol Cook', identities: [{ issuer: partner.issuer, subject: CAROL }] },
];
