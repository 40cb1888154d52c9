import type { Client } from '@valetkey/clients';
import type { ClientSettings } from '@valetkey/operator-contract';
import { CLIENT_AUTHENTICATION_METHODS } from '@valetkey/protocol';
import { z } from 'zod';
import { seen } from '../../authorization-api/registration/registration-request.schema.js';

const address = () => z.string().max(2_048);
const addresses = () => z.array(address()).max(50);

/** The shape alone: what may stand in it is what a registration may say (RFC 7591), and read with it. */
export const clientSettingsSchema = z.strictObject({
  client_name: z.string().max(1_000),
  publisher: z.union([z.literal(''), seen(100)]).describe('Who makes it.'),
  application_type: z.enum(['web', 'native']),
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
const TEXTS = ['logo_uri', 'tos_uri', 'policy_uri', 'jwks_uri', 'backchannel_logout_uri'];

/**
 * What is to be registered, with the names of RFC 7591: what is said now over what was registered before, of which a console
 * knows not every member.
 */
export function metadataOf(settings: ClientSettings, before: Metadata = {}): Metadata {
  const said = Object.entries({ ...before, ...settings });
  // It follows from the grant types, which may be others now; the publisher is no member of a registration.
  const others = said.filter(([name]) => name !== 'response_types' && name !== 'publisher');
  return Object.fromEntries<unknown>(others.filter(([name, value]) => !TEXTS.includes(name) || value !== ''));
}

/** What is registered of a client, wherever it came from. */
export function settingsOf({ name, publisher, logoUri, metadata, ...client }: Client): ClientSettings {
  return {
    client_name: name,
    publisher: publisher ?? '',
    application_type: metadata.applicationType,
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
