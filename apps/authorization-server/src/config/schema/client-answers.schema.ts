import {
  ACR,
  ANSWER_ALGORITHMS,
  ASYMMETRIC_ALGORITHMS,
  CONTENT_ENCRYPTIONS,
  KEY_ENCRYPTIONS,
} from '@valetkey/protocol';
import { z } from 'zod';

import { distinct, duration, hostName, identifier, origin, redirectUri, scopeToken, webUrl } from './values.js';

const algorithm = z.enum(ANSWER_ALGORITHMS);
const ofItsKeys = z.enum(ASYMMETRIC_ALGORITHMS);
const keyEncryption = (what: string) =>
  z
    .enum(KEY_ENCRYPTIONS)
    .optional()
    .meta({
      description: `How ${what} are encrypted for it; a key of its \`jwks\` or at its \`jwks_uri\` must fit.`,
      defaultText: 'not encrypted',
    });
const contentEncryption = (member: string) =>
  z
    .enum(CONTENT_ENCRYPTIONS)
    .optional()
    .meta({
      description: `Content encryption of the same; only with \`${member}\`.`,
      defaultText: `\`${CONTENT_ENCRYPTIONS[0]}\``,
    });

/** Members of a client that people sign in for: where answers may go, and in which form. Names of RFC 7591 and OpenID Connect. */
export const clientAnswersSchema = z.strictObject({
  application_type: z
    .enum(['web', 'native'])
    .optional()
    .meta({
      description:
        'A native app may use a loopback address with any port and a scheme of its own, such as ' +
        '`com.example.app:/callback` (RFC 8252).',
      defaultText: '`native` for a public client without https address, else `web`',
    }),
  redirect_uris: distinct(redirectUri(), 50).prefault([]).meta({
    description: 'Where answers of the authorization endpoint may go, compared byte for byte.',
  }),
  post_logout_redirect_uris: distinct(redirectUri(), 50).prefault([]).meta({
    description: 'Where a browser may go after signing out.',
  }),
  claims_redirect_uris: distinct(redirectUri(), 50)
    .prefault([])
    .meta({
      description:
        'Where a requesting party comes back from giving claims (UMA), compared byte for byte. With one, the client is told to ' +
        'send her here where that can help.',
    }),
  require_pushed_authorization_requests: z.boolean().prefault(false).meta({
    description: 'Whether it must push its authorization requests (RFC 9126).',
  }),
  require_signed_request_object: z.boolean().prefault(false).meta({
    description: 'Whether it must sign its authorization requests (RFC 9101); needs `jwks` or `jwks_uri`.',
  }),
  request_object_signing_alg: ofItsKeys.optional().meta({
    description: 'The one algorithm of its request objects (RFC 9101); all others are refused.',
    defaultText: 'any that its keys can have',
  }),
  token_endpoint_auth_signing_alg: ofItsKeys.optional().meta({
    description: 'The one algorithm of its assertions for `private_key_jwt`; all others are refused.',
    defaultText: 'any that its keys can have',
  }),
  subject_type: z.enum(['public', 'pairwise']).prefault('pairwise').meta({
    description: 'Whether it learns the same identifier of a person as other clients do, or one of its own.',
  }),
  sector_identifier: hostName().optional().meta({
    description: 'Host that stands for a group of clients with common pairwise identifiers.',
    defaultText: 'the host of its https `redirect_uris`',
  }),
  id_token_signed_response_alg: algorithm.optional().meta({
    description: 'Algorithm of its ID tokens; one of `keys.algorithms`, `EdDSA` also by its name `Ed25519` (RFC 9864).',
    defaultText: '`RS256`, where keys are kept for it, else `keys.signing_algorithm`',
  }),
  id_token_encrypted_response_alg: keyEncryption('its ID tokens and logout tokens, after they were signed,'),
  id_token_encrypted_response_enc: contentEncryption('id_token_encrypted_response_alg'),
  userinfo_signed_response_alg: algorithm.optional().meta({
    description:
      'Algorithm of UserInfo answers as JWT; without it they are not signed, and plain JSON unless they are encrypted.',
  }),
  userinfo_encrypted_response_alg: keyEncryption('UserInfo answers, after they were signed where they are,'),
  userinfo_encrypted_response_enc: contentEncryption('userinfo_encrypted_response_alg'),
  introspection_signed_response_alg: algorithm.optional().meta({
    description: 'Algorithm of introspection answers as JWT (RFC 9701).',
    defaultText: '`RS256`, where keys are kept for it, else `keys.signing_algorithm`',
  }),
  introspection_encrypted_response_alg: keyEncryption('introspection answers as JWT, after they were signed,'),
  introspection_encrypted_response_enc: contentEncryption('introspection_encrypted_response_alg'),
  authorization_signed_response_alg: algorithm.optional().meta({
    description: 'Algorithm of answers in the response modes with `jwt` (JARM).',
    defaultText: 'as for ID tokens',
  }),
  authorization_encrypted_response_alg: keyEncryption('the same answers, after they were signed,'),
  authorization_encrypted_response_enc: contentEncryption('authorization_encrypted_response_alg'),
  backchannel_logout_uri: webUrl().optional().meta({ description: 'Where it wants to hear that a person signed out.' }),
  backchannel_logout_session_required: z.boolean().prefault(false).meta({
    description: 'Whether it must be told which session ended.',
  }),
  default_max_age: duration('1s', '400d').optional().meta({
    description: 'A sign-in that is older than this is done again.',
  }),
  default_acr_values: distinct(z.enum(Object.values(ACR)), 3)
    .prefault([])
    .meta({
      description: 'How surely people sign in for an authorization request that does not say: one of these is enough.',
      defaultText: 'in any way',
    }),
  allowed_origins: distinct(origin(), 50).prefault([]).meta({
    description: 'Origins of web pages whose scripts may call the token, UserInfo and revocation endpoints (CORS).',
  }),
  dpop_bound_access_tokens: z.boolean().prefault(false).meta({
    description: 'Whether its access tokens are always bound to a DPoP key (RFC 9449).',
  }),
  authorization_details_types: distinct(identifier(), 50).prefault([]).meta({
    description:
      'Types of `authorization_details` it may ask for (RFC 9396), each one of `authorization_details_types`.',
  }),
  optional_scopes: distinct(scopeToken(), 50)
    .prefault([])
    .meta({
      description:
        'Those of its scopes that it can work without: on the consent page each has a box that is not ticked beforehand, and the ' +
        '`scope` of the token answer says which were given. What was left out is asked again with `prompt=consent` only. Not ' +
        '`openid`. On a device all that is asked is allowed as a whole.',
    }),
});

export type ClientAnswersSettings = z.output<typeof clientAnswersSchema>;
