import { ActivityStore } from '@valetkey/activity';
import { ConsentTokens } from './consent-tokens.service.js';
import { randomUUID } from 'node:crypto';
import { AuthorizationStore, RecordGenerations } from '@valetkey/authorizations';
import type { Client, ClientMetadata, ClientRegistry, ResourceServer } from '@valetkey/clients';
import { DEFAULT_CLIENT_METADATA } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { KeyRing } from '@valetkey/keys';
import type { Database } from '@valetkey/persistence';
import { statement, WriteSet } from '@valetkey/persistence';
import type { TokenOptions } from '@valetkey/tokens';
import { TokenFamilyStore } from '@valetkey/tokens';
import type { SignedIn } from '../domain/authorization-request/authorization-request.js';
import { FormParameters } from '../domain/form-parameters.js';
import { Recipients } from '../recipients.service.js';
import { TargetResolver } from '../target-resolver.service.js';
import { AuthorizationCodes } from './authorization-codes.service.js';
import type { AuthorizationOptions } from './authorization-options.js';
import { AuthorizationRequestReader } from './authorization-request.reader.js';
import { Consents } from './consents.service.js';
import { AuthorizationCodeStore } from './persistence/authorization-code.store.js';
import { ConsentStore } from './persistence/consent.store.js';
import { PushedRequestStore } from './persistence/pushed-request.store.js';
import { PushedRequests } from './pushed-requests.service.js';
import { OutboundCalls } from '@valetkey/outbound';
import { ClientKeys } from '../client-authentication/client-keys.service.js';
import { RequestObjectVerifier } from './request-object.verifier.js';
import { RequestValidator } from './request.validator.js';

export const ISSUER = 'https://as.example/t1';
export const PHOTOS = 'https://photos.example';
export const OTHERS = 'https://others.example';
export const CALLBACK = 'https://shop.example/cb';
/** Verifier and challenge of the vectors in our notes on RFC 7636. */
export const VERIFIER = 'willow-verifier-0123456789-abcdefghijklmnop-XYZ';
export const CHALLENGE = 'IXxL2L6l_RFBxfX0D1c9hRHfrbKVeGa2Nz7oI7SWUkQ';

export const SESSION: SignedIn = {
  id: 's1',
  accountId: 'alice',
  authTime: 1_790_000_000_000,
  acr: 'phr',
  amr: ['hwk'],
};

const ADD_ACCOUNT = statement(
  "INSERT INTO account (id, username, name, enabled, managed_by, created_at) VALUES (?, ?, 'A', TRUE, 'operator', 1) ON CONFLICT DO NOTHING",
);
const ADD_DISABLED = statement(
  "INSERT INTO account (id, username, name, enabled, managed_by, created_at) VALUES (?, ?, 'A', FALSE, 'operator', 1)",
);
const SERVER = { realm: 'r', partialGrant: false, enabled: true };
const SERVERS: readonly ResourceServer[] = [
  { ...SERVER, clientId: 'photos', resource: PHOTOS, name: 'Photos', scopes: ['photos.read', 'photos.write'] },
  { ...SERVER, clientId: 'others', resource: OTHERS, name: 'Others', scopes: ['others.read'] },
];

const OPTIONS: AuthorizationOptions = {
  codeLifetime: 60_000,
  deviceCodeLifetime: 600_000,
  devicePollInterval: 5_000,
  pushedRequestLifetime: 90_000,
  requirePushedRequests: false,
  consentDays: [30],
  consentWithoutEnd: true,
  authorizationDetailsTypes: ['payment', 'account', 'transfer'].map((type) => ({
    type,
    displayName: type,
    ask: type === 'transfer' ? 'every_time' : 'once',
    fields: [{ name: 'actions', kind: 'strings', required: true, values: null, maxLength: 20 }],
  })),
};

class SetClock extends Clock {
  time = 1_790_000_100_000;

  now(): number {
    return this.time;
  }
}

/** Form parameters: a list where one name comes more than once; `undefined` leaves one out. */
export type Form = Readonly<Record<string, string | undefined>> | readonly (readonly [string, string])[];

/** A good request of the client, with changes. */
export function requestForm(clientId: string, changes: Readonly<Record<string, string | undefined>> = {}) {
  return {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: CALLBACK,
    scope: 'openid photos.read',
    state: 'st',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...changes,
  };
}

export function parametersOf(form: Form): FormParameters {
  const pairs = Array.isArray(form) ? (form as [string, string][]) : Object.entries(form);
  const given = pairs.filter((pair): pair is [string, string] => pair[1] !== undefined);
  return FormParameters.parse(new URLSearchParams(given).toString(), 'note');
}

/** Everything between a request and its code, on a real database, with clients of its own. */
export class RequestWorld {
  readonly clock = new SetClock();
  readonly options: { -readonly [K in keyof AuthorizationOptions]: AuthorizationOptions[K] } = { ...OPTIONS };
  readonly authorizations: AuthorizationStore;
  readonly families = new TokenFamilyStore();
  readonly pushed: PushedRequests;
  readonly pushedStore: PushedRequestStore;
  readonly reader: AuthorizationRequestReader;
  readonly activity: ActivityStore;
  readonly consents: Consents;
  readonly consentTokens: ConsentTokens;
  readonly codes: AuthorizationCodes;
  readonly codeStore: AuthorizationCodeStore;
  readonly registry: ClientRegistry;
  private readonly clients = new Map<string, Client>();

  constructor(readonly database: Database) {
    const find = (id: string) => Promise.resolve(this.clients.get(id));
    this.registry = {
      find,
      findEnabled: async (id: string) => ((await find(id))?.enabled ? find(id) : undefined),
      resourceServers: () => Promise.resolve(SERVERS),
    } as ClientRegistry;
    const tokenOptions = { issuer: ISSUER } as TokenOptions;
    this.authorizations = new AuthorizationStore(database);
    this.pushedStore = new PushedRequestStore(database);
    this.codeStore = new AuthorizationCodeStore(database);
    this.pushed = new PushedRequests(this.pushedStore, database, this.clock, this.options);
    this.codes = new AuthorizationCodes(this.codeStore, this.pushed, this.clock, this.options);
    const terms = new ConsentStore(database);
    this.activity = new ActivityStore(database, this.clock);
    this.consentTokens = new ConsentTokens(new RecordGenerations(), this.families, terms);
    this.consents = new Consents(
      this.authorizations,
      terms,
      this.consentTokens,
      this.activity,
      this.clock,
      this.options,
    );
    const targets = new TargetResolver(this.registry, tokenOptions);
    const keys = new ClientKeys(new OutboundCalls({ privateNetworks: [] }), this.clock);
    const recipients = new Recipients({} as KeyRing, keys);
    this.reader = new AuthorizationRequestReader(
      this.registry,
      new RequestValidator(targets, this.authorizations, recipients, this.options),
      new RequestObjectVerifier(keys, this.clock, tokenOptions),
      this.pushed,
      this.options,
    );
  }

  /** The account of that id, once. */
  async addAccount(id: string, isEnabled = true): Promise<void> {
    await this.database.commit(new WriteSet().add(isEnabled ? ADD_ACCOUNT : ADD_DISABLED, [id, id]));
  }

  /** A person who may sign in, or may not. */
  async account(isEnabled = true): Promise<string> {
    const id = `alice-${randomUUID()}`;
    await this.addAccount(id, isEnabled);
    return id;
  }

  /** Registers a client that may ask people. */
  client({
    metadata,
    ...fields
  }: Partial<Omit<Client, 'metadata'>> & { metadata?: Partial<ClientMetadata> } = {}): Client {
    const client: Client = {
      id: `shop-${randomUUID()}`,
      name: 'Shop',
      publisher: null,
      logoUri: null,
      type: 'confidential',
      authenticationMethod: 'client_secret_basic',
      secrets: [],
      jwks: null,
      grantTypes: ['authorization_code', 'refresh_token'],
      scopes: ['openid', 'profile', 'offline_access', 'photos.read', 'photos.write', 'others.read', 'authorizations'],
      audiences: [PHOTOS, OTHERS],
      accessTokenFormat: 'opaque',
      enabled: true,
      ...fields,
      metadata: { ...DEFAULT_CLIENT_METADATA, redirectUris: [CALLBACK], ...metadata },
    };
    this.clients.set(client.id, client);
    return client;
  }

  read(form: Form) {
    return this.reader.read(parametersOf(form));
  }
}
