import { z } from 'zod';

import { accountSchema } from './accounts.schema.js';
import { authorizationDetailsTypeSchema, authorizationSchema } from './authorization.schema.js';
import type { TAGGED_CLIENT_MEMBERS } from './clients.schema.js';
import { clientSchema } from './clients.schema.js';
import { databaseSchema } from './database.schema.js';
import { keysSchema } from './keys.schema.js';
import { mailSchema } from './mail.schema.js';
import {
  httpSchema,
  jobsSchema,
  logSchema,
  operatorsSchema,
  outboundSchema,
  ownerApiSchema,
  pagesSchema,
} from './operation.schema.js';
import { registrationSchema } from './registration.schema.js';
import { resourceServerSchema } from './resource-servers.schema.js';
import type { TaggedScopeMember } from './scopes.schema.js';
import { scopeSchema } from './scopes.schema.js';
import { dataDirectorySchema, issuerSchema, listenSchema } from './server.schema.js';
import { signInSchema } from './sign-in.schema.js';
import { sharingSchema } from './sharing.schema.js';
import { tlsSchema } from './tls.schema.js';
import { tokensSchema } from './tokens.schema.js';
import { trustedIssuerSchema } from './trusted-issuers.schema.js';
import { umaSchema } from './uma.schema.js';

/** Members of the file that hold one value. */
export const VALUE_SCHEMAS = { issuer: issuerSchema, data_directory: dataDirectorySchema } as const;

/** Members of the file that hold a group of settings; each may be left out. */
export const GROUP_SCHEMAS = {
  listen: listenSchema,
  database: databaseSchema,
  keys: keysSchema,
  tokens: tokensSchema,
  authorization: authorizationSchema,
  registration: registrationSchema,
  uma: umaSchema,
  sign_in: signInSchema,
  mail: mailSchema,
  pages: pagesSchema,
  http: httpSchema,
  owner_api: ownerApiSchema,
  operators: operatorsSchema,
  sharing: sharingSchema,
  outbound: outboundSchema,
  tls: tlsSchema,
  log: logSchema,
  jobs: jobsSchema,
} as const;

/** Members of the file that hold a list; each may be left out. */
export const LIST_SCHEMAS = {
  scopes: scopeSchema,
  resource_servers: resourceServerSchema,
  clients: clientSchema,
  accounts: accountSchema,
  trusted_issuers: trustedIssuerSchema,
  authorization_details_types: authorizationDetailsTypeSchema,
} as const;

/** Most entries of each list. */
export const LIST_LIMITS: Readonly<Record<keyof typeof LIST_SCHEMAS, number>> = {
  scopes: 1000,
  resource_servers: 1000,
  clients: 5000,
  accounts: 5000,
  trusted_issuers: 200,
  authorization_details_types: 100,
};

/** The whole file, for editors and the settings reference. The reader goes through it part by part, to miss no mistake. */
export const settingsSchema = z.strictObject({
  ...VALUE_SCHEMAS,
  ...optionalGroups(),
  scopes: list('scopes', 'Wording of scopes for people.'),
  resource_servers: list('resource_servers', 'Resource servers: each is a client and an audience.'),
  clients: list('clients', 'Clients, those that resource servers are included.'),
  accounts: list('accounts', 'Accounts of resource owners and requesting parties.'),
  trusted_issuers: list('trusted_issuers', 'Issuers whose ID tokens identify requesting parties.'),
  authorization_details_types: list(
    'authorization_details_types',
    'What clients can ask for in detail instead of by scope (RFC 9396).',
  ),
});

function optionalGroups() {
  const {
    listen,
    database,
    keys,
    tokens,
    authorization,
    registration,
    uma,
    sign_in,
    mail,
    pages,
    http,
    owner_api,
    operators,
    sharing,
    outbound,
    tls,
    log,
    jobs,
  } = GROUP_SCHEMAS;
  return {
    listen: listen.optional().meta({ description: 'Where to listen.' }),
    database: database.optional().meta({ description: 'Where data is kept.' }),
    keys: keys.optional().meta({ description: 'Signing keys and their protection.' }),
    tokens: tokens.optional().meta({ description: 'Lifetimes of tokens and secrets.' }),
    authorization: authorization.optional().meta({ description: 'What clients ask of people.' }),
    registration: registration.optional().meta({ description: 'Clients that register themselves.' }),
    uma: uma.optional().meta({ description: 'User-Managed Access.' }),
    sign_in: sign_in.optional().meta({ description: 'Passwords and sessions of people.' }),
    mail: mail.optional().meta({ description: 'Messages to people.' }),
    pages: pages.optional().meta({ description: 'Pages for people.' }),
    http: http.optional().meta({ description: 'Limits of the HTTP server.' }),
    owner_api: owner_api.optional().meta({ description: 'What owners do by an application of theirs.' }),
    operators: operators.optional().meta({ description: 'Who runs this server by its console.' }),
    sharing: sharing.optional().meta({ description: 'What owners may choose when they share.' }),
    outbound: outbound.optional().meta({ description: 'Calls to addresses that others registered.' }),
    tls: tls.optional().meta({ description: 'Certificates of clients.' }),
    log: log.optional().meta({ description: 'Log on standard output.' }),
    jobs: jobs.optional().meta({ description: 'Recurring work.' }),
  };
}

function list<K extends keyof typeof LIST_SCHEMAS>(name: K, description: string) {
  return z.array(LIST_SCHEMAS[name]).max(LIST_LIMITS[name]).optional().meta({ description });
}

type Groups = { [K in keyof typeof GROUP_SCHEMAS]: z.output<(typeof GROUP_SCHEMAS)[K]> };
type Lists = { [K in keyof typeof LIST_SCHEMAS]: z.output<(typeof LIST_SCHEMAS)[K]>[] };
type Values = { [K in keyof typeof VALUE_SCHEMAS]: z.output<(typeof VALUE_SCHEMAS)[K]> };

/** Texts of one entry in the languages given with a tag. */
export type TaggedTexts<Member extends string> = Readonly<Record<Member, ReadonlyMap<string, string>>>;
export type TaggedWording = TaggedTexts<TaggedScopeMember>;
export type TaggedPurpose = TaggedTexts<keyof typeof TAGGED_CLIENT_MEMBERS>;

/** By position in `scopes` and in `clients`. */
interface Tagged {
  readonly wording: TaggedWording[];
  readonly purposes: TaggedPurpose[];
}

/** The file after every member was found good. */
export type Settings = Values & Groups & Lists & Tagged;

/** The file as far as it could be read: what is wrong or missing is `undefined`, list positions are those of the file. */
export type SettingsDraft = Partial<Values> & { [K in keyof Groups]: Partial<Groups[K]> } & {
  [K in keyof Lists]: Partial<Lists[K][number]>[];
} & Tagged;
