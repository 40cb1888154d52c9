import { CLIENT_AUTHENTICATION_METHODS, GRANT_TYPE } from '@valetkey/protocol';
import { HAS_A_LETTER, SEEN_TEXT } from '@valetkey/shown-text';
import { z } from 'zod';
import { clientAnswersSchema } from '../../config/schema/client-answers.schema.js';
import { clientCertificatesSchema } from '../../config/schema/client-certificates.schema.js';
import { clientJwksSchema } from '../../config/schema/jwks.schema.js';
import { absoluteUri, distinct, pageUrl, shownText, webUrl } from '../../config/schema/values.js';

const MOST_ADDRESSES = 20;
const YEAR = 31_536_000;

/** Attack class 212: nothing that turns the text around it, or cannot be seen, no joiner either, and something that can. */
export const seen = (max: number) =>
  shownText(max)
    .regex(HAS_A_LETTER, 'must hold a letter or digit')
    .regex(SEEN_TEXT, 'must not hold characters that cannot be seen');
const addresses = () => z.array(z.string().max(2_048)).max(MOST_ADDRESSES, 'has too many entries');

/**
 * What a client may say of itself (RFC 7591 section 2, OpenID Connect Dynamic Client Registration section 2, RFC 8705, RFC 9126,
 * RFC 9449, UMA Grant section 2). Members that are not here are not registered, whatever they are called (attack class 206).
 */
export const registrationRequestSchema = z.object({
  ...clientAnswersSchema.omit({ sector_identifier: true }).shape,
  ...clientCertificatesSchema.shape,
  redirect_uris: addresses().prefault([]),
  post_logout_redirect_uris: addresses().prefault([]),
  claims_redirect_uris: addresses().optional(),
  client_name: seen(100).optional(),
  client_uri: pageUrl().optional(),
  logo_uri: pageUrl().optional(),
  policy_uri: pageUrl().optional(),
  tos_uri: pageUrl().optional(),
  initiate_login_uri: pageUrl().optional(),
  contacts: z.array(seen(200)).max(10).optional(),
  software_id: seen(200).optional(),
  software_version: seen(100).optional(),
  token_endpoint_auth_method: z.enum(CLIENT_AUTHENTICATION_METHODS).prefault('client_secret_basic'),
  grant_types: distinct(z.enum(Object.values(GRANT_TYPE)), 10).prefault([GRANT_TYPE.authorizationCode]),
  response_types: distinct(z.enum(['code']), 1).optional(),
  scope: z.string().max(4_096).optional(),
  audiences: distinct(absoluteUri(), 100).optional(),
  jwks: clientJwksSchema.optional(),
  jwks_uri: webUrl().optional(),
  sector_identifier_uri: webUrl().optional(),
  default_max_age: z.int().min(1).max(YEAR).optional(),
  default_acr_values: clientAnswersSchema.shape.default_acr_values.unwrap().optional(),
  // Every ID token says when she signed in; whoever insists is told that it does.
  require_auth_time: z.boolean().optional(),
});

export type RegistrationRequest = z.output<typeof registrationRequestSchema>;
