import type { Client } from '@valetkey/clients';
import type { ClientSettings } from '@valetkey/operator-contract';
import { CLIENT_AUTHENTICATION_METHODS } from '@valetkey/protocol';
import { z } from 'zod';
import { seen } from '../../authorization-api/registration/registration-request.schema.js';

const address = () => z.string().max(2_048);
const purpose = () =>
  z
    .union([z.literal(''), seen(200)])
    .prefault('')
    .describe('What it wants data for, in its words.');
const addresses = () => z.array(address()).max(50);

/** The shape alone: what may stand in it is what a registration may say (RFC 7591), and read with it. */
export const clientSettingsSchema = z.strictObject({
  client_name: z.string().max(1_000),
  publisher: z.union([z.literal(''), seen(100)]).describe('Who makes it.'),
  application_type: z.enum(['web', 'native']),
  'purpose#en': purpose(),
  'purpose#de': purpose(),
  client_uri: address().prefault(''),
  logo_uri: address(),
  tos_uri: address(),
  policy_uri: address(),
  token_endpoint_auth_method: z.enum(CLIENT_AUTHENTICATION_METHODS),
  jwks_uri: address(),
  grant_types: z.array(z.string().max(200)).max(20),
  scope: z.string().max(4_096).describe('Parted by spaces.'),
  audiences: addresses(),
  redirect_uris: addresses(),
  post_logout_redirect_uris: addresses(),
  claims_redirect_uris: addresses(),
  backchannel_logout_uri: address(),
});

type Metadata = Readonly<Record<string, unknown>>;

/** Empty for none. */
const TEXTS = ['client_uri', 'logo_uri', 'tos_uri', 'policy_uri', 'jwks_uri', 'backchannel_logout_uri'];

/** No members of a registration: nobody says them of himself. */
const OF_OPERATORS = ['publisher', 'purpose#en', 'purpose#de'];

/** What only an operator says of a client, over what it registered. */
export function withOperatorsWord(client: Client, settings: ClientSettings): Client {
  const { publisher, 'purpose#en': en, 'purpose#de': de } = settings;
  const purpose = Object.fromEntries(Object.entries({ en, de }).filter(([, text]) => text !== ''));
  return { ...client, publisher: publisher === '' ? null : publisher, metadata: { ...client.metadata, purpose } };
}

/**
 * What is to be registered, with the names of RFC 7591: what is said now over what was registered before, of which a console
 * knows not every member.
 */
export function metadataOf(settings: ClientSettings, before: Metadata = {}): Metadata {
  const said = Object.entries({ ...before, ...settings });
  // It follows from the grant types, which may be others now.
  const others = said.filter(([name]) => name !== 'response_types' && !OF_OPERATORS.includes(name));
  const present = others.filter(([name, value]) => !TEXTS.includes(name) || value !== '');
  return Object.fromEntries<unknown>(present.map(([name, value]) => [name, withoutDoubles(value)]));
}

/** Lists are sets here: what stands in one twice was written twice by mistake. */
function withoutDoubles(value: unknown): unknown {
  return Array.isArray(value) ? [...new Set<unknown>(value)] : value;
}

/** What is registered of a client, wherever it came from. */
export function settingsOf({ name, publisher, logoUri, metadata, ...client }: Client): ClientSettings {
  return {
    client_name: name,
    publisher: publisher ?? '',
    application_type: metadata.applicationType,
    'purpose#en': metadata.purpose['en'] ?? '',
    'purpose#de': metadata.purpose['de'] ?? '',
    client_uri: metadata.clientUri ?? '',
    logo_uri: logoUri ?? '',
    tos_uri: metadata.termsUri ?? '',
    policy_uri: metadata.privacyUri ?? '',
    token_endpoint_auth_method: client.authenticationMethod,
    jwks_uri: metadata.jwksUri ?? '',
    grant_types: client.grantTypes,
    scope: client.scopes.join(' '),
    audiences: client.audiences,
    redirect_uris: metadata.redirectUris,
    post_logout_redirect_uris: metadata.postLogoutRedirectUris,
    claims_redirect_uris: metadata.claimsRedirectUris,
    backchannel_logout_uri: metadata.backchannelLogoutUri ?? '',
  };
}
