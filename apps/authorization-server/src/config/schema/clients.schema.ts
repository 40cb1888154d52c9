import { CLIENT_AUTHENTICATION_METHODS, GRANT_TYPE } from '@valetkey/protocol';
import { z } from 'zod';

import { clientAnswersSchema } from './client-answers.schema.js';
import { clientCertificatesSchema } from './client-certificates.schema.js';
import { clientJwksSchema } from './jwks.schema.js';
import { secretReferenceSchema } from './secret-reference.schema.js';
import { absoluteUri, distinct, identifier, pageUrl, scopeToken, shownText, webUrl } from './values.js';

/** Members that may be repeated with a language tag, such as `purpose#de` (RFC 7591 §2.2). */
export const TAGGED_CLIENT_MEMBERS = { purpose: shownText(200) } as const;

/** The untagged members; tagged ones are split off before this schema is used. */
export const clientSchema = z
  .strictObject({
    client_id: identifier().meta({
      description: 'Identifier of the client; unique, and different from every account id.',
    }),
    name: shownText(100).meta({ description: 'Name for people.' }),
    publisher: shownText(100).optional().meta({ description: 'Who is responsible for the client.' }),
    purpose: TAGGED_CLIENT_MEMBERS.purpose.optional().meta({
      description:
        'What it wants data for, in its own words: `to fill in your travel requests`. The consent page says it in quotation marks. ' +
        '`purpose#de` gives it in another language; without a tag it is in the first of `pages.languages`.',
    }),
    client_uri: pageUrl().optional().meta({
      description: 'Its home page, with https; people are told the host.',
      defaultText: 'people are told the host of its redirect URIs, where it is one',
    }),
    logo_uri: webUrl().optional().meta({ description: 'Address of its logo; https, or http on a loopback host.' }),
    tos_uri: pageUrl().optional().meta({
      description: 'Its terms, a page with https: a link on the consent page.',
    }),
    policy_uri: pageUrl().optional().meta({
      description: 'What it does with data about people, a page with https: a link on the consent page.',
    }),
    type: z.enum(['confidential', 'public']).meta({
      description: 'Whether it can keep a secret (OAuth 2.1 §2.1).',
    }),
    token_endpoint_auth_method: z
      .enum(CLIENT_AUTHENTICATION_METHODS)
      .optional()
      .meta({
        description:
          'How it authenticates, and in no other way; `none` for public clients and for them alone. Libraries differ in where they send ' +
          'a secret: a client for which nothing is said may use both ways.',
        defaultText: '`client_secret_basic` or `client_secret_post`, or `none` for a public client',
      }),
    secret: secretReferenceSchema.optional().meta({
      description:
        'Where its secret is found, 32 to 256 characters; required for `client_secret_basic` and `client_secret_post`. ' +
        'A file that does not exist is made at the first start with a random secret.',
    }),
    jwks: clientJwksSchema.optional().meta({
      description:
        'Its public keys; these or `jwks_uri` are required for `private_key_jwt` and `self_signed_tls_client_auth`, for request objects that it signs (RFC 9101), and for answers that are encrypted.',
    }),
    jwks_uri: webUrl()
      .optional()
      .meta({
        description:
          'Where its public keys are, in place of `jwks`: read when one is needed, kept for ten minutes. https, or http on a loopback ' +
          'host; what is not on the internet must be in `outbound.private_networks`.',
      }),
    grant_types: distinct(z.enum(Object.values(GRANT_TYPE)), 10)
      .prefault([])
      .meta({
        description: 'Grant types it may use.',
      }),
    scopes: distinct(scopeToken(), 200).prefault([]).meta({ description: 'Scopes it may ask for.' }),
    audiences: distinct(absoluteUri(), 100).prefault([]).meta({
      description: 'Resource servers it may ask tokens for, each by its `resource`.',
    }),
    access_token_format: z.enum(['opaque', 'jwt']).prefault('opaque').meta({
      description: 'Form of its access tokens; `jwt` (RFC 9068) needs at least one audience.',
    }),
    ...clientAnswersSchema.shape,
    ...clientCertificatesSchema.shape,
    enabled: z.boolean().prefault(true).meta({ description: 'A disabled client is refused everywhere.' }),
  })
  .meta({ languageTagged: Object.keys(TAGGED_CLIENT_MEMBERS) });

export type ClientSettings = z.output<typeof clientSchema>;
