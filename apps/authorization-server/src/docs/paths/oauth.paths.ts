import type { Json, Paths } from '../operation.js';
import { answer, DPOP, formBody, jsonBody, pathId, refusal, refusals } from '../operation.js';
import { DEVICE_FORM, INTROSPECTION_FORM, PUSH_FORM, REVOCATION_FORM, TOKEN_FORM } from '../schemas/oauth.schemas.js';
import {
  BY_CLIENT,
  BY_INITIAL_TOKEN,
  BY_REGISTRATION_TOKEN,
  BY_GRANT_QUERY,
  BY_GRANT_REVOKE,
  BY_IDENTITY_TOKEN,
  BY_INTROSPECTION_CALLER,
} from '../security-schemes.js';

const TAGS = ['OAuth'];

const MANAGEMENT: Json = { tags: TAGS, security: BY_REGISTRATION_TOKEN };
const REGISTRATION_REFUSALS = [
  'invalid_request',
  'invalid_redirect_uri',
  'invalid_client_metadata',
  'invalid_software_statement',
  'unapproved_software_statement',
] as const;

const USER_INFO = (operationId: string): Json => ({
  operationId,
  summary: 'Claims about the person (OpenID Connect Core section 5.3)',
  description:
    'As JSON, or as a JWT for a client that registered `userinfo_signed_response_alg` or `userinfo_encrypted_response_alg`.',
  tags: TAGS,
  security: BY_IDENTITY_TOKEN,
  responses: {
    200: answer('What the scopes of the token stand for.', 'UserInfo'),
    ...refusals('invalid_request', 'invalid_token', 'insufficient_scope'),
  },
});

const OF_GRANTS: Json = {
  ...refusals('invalid_token', 'not_found'),
  403: refusal(['insufficient_scope', 'unauthorized_client'], 403),
};

/** Token, pushed authorization request, grant management, introspection and revocation endpoints. */
export const OAUTH_PATHS: Paths = {
  '/token': {
    post: {
      operationId: 'token',
      summary: 'Grants a token (RFC 6749 section 3.2; UMA Grant section 3.3)',
      tags: TAGS,
      security: BY_CLIENT,
      parameters: [DPOP],
      requestBody: formBody(TOKEN_FORM),
      responses: {
        200: answer('A token.', 'TokenAnswer'),
        ...refusals(
          'invalid_request',
          'invalid_grant',
          'unauthorized_client',
          'unsupported_grant_type',
          'invalid_scope',
          'invalid_target',
          'invalid_dpop_proof',
          'use_dpop_nonce',
          'authorization_pending',
          'slow_down',
          'access_denied',
          'expired_token',
          'invalid_authorization_details',
          'invalid_client',
        ),
        403: answer('UMA: claims are needed, the owner was asked, or access is denied.', 'UmaRefusal'),
        429: refusal(['invalid_client'], 429),
      },
    },
  },
  '/par': {
    post: {
      operationId: 'pushAuthorizationRequest',
      summary: 'Keeps an authorization request until the browser brings its `request_uri` (RFC 9126)',
      tags: TAGS,
      security: BY_CLIENT,
      requestBody: formBody(PUSH_FORM),
      responses: {
        201: answer('It is kept.', 'PushAnswer'),
        ...refusals(
          'invalid_request',
          'unauthorized_client',
          'unsupported_response_type',
          'invalid_scope',
          'invalid_target',
          'invalid_authorization_details',
          'invalid_request_object',
          'invalid_grant_id',
          'invalid_client',
        ),
        429: refusal(['invalid_client', 'temporarily_unavailable'], 429),
      },
    },
  },
  '/device_authorization': {
    post: {
      operationId: 'authorizeDevice',
      summary: 'Begins the wait of a device until its person has entered the code that it shows (RFC 8628)',
      tags: TAGS,
      security: BY_CLIENT,
      parameters: [DPOP],
      requestBody: formBody(DEVICE_FORM),
      responses: {
        200: answer('What the device shows, and with what it asks at the token endpoint.', 'DeviceAuthorizationAnswer'),
        ...refusals(
          'invalid_request',
          'unauthorized_client',
          'invalid_scope',
          'invalid_target',
          'invalid_authorization_details',
          'invalid_dpop_proof',
          'use_dpop_nonce',
          'invalid_client',
        ),
        429: refusal(['invalid_client', 'temporarily_unavailable'], 429),
      },
    },
  },
  '/register': {
    post: {
      operationId: 'registerClient',
      summary: 'Registers a client (RFC 7591)',
      description: 'Where `registration.mode` allows it; with an initial access token, where one is needed.',
      tags: TAGS,
      security: BY_INITIAL_TOKEN,
      requestBody: jsonBody('ClientMetadata', 'What the client says of itself.'),
      responses: {
        201: answer('Registered, as it is said here.', 'ClientInformation'),
        ...refusals(...REGISTRATION_REFUSALS, 'invalid_token', 'not_found'),
        429: refusal(['temporarily_unavailable'], 429),
      },
    },
  },
  '/register/{id}': {
    parameters: [pathId('The `client_id`.')],
    get: {
      ...MANAGEMENT,
      operationId: 'readClient',
      summary: 'What is registered (RFC 7592)',
      responses: { 200: answer('What is registered.', 'ClientInformation'), ...refusals('invalid_token') },
    },
    put: {
      ...MANAGEMENT,
      operationId: 'replaceClient',
      summary: 'Registers other metadata in place of all that was there',
      requestBody: jsonBody('ClientMetadata', 'All of it, with the `client_id`.'),
      responses: {
        200: answer('What is registered now.', 'ClientInformation'),
        ...refusals(...REGISTRATION_REFUSALS, 'invalid_token'),
        403: refusal(['access_denied'], 403),
        429: refusal(['temporarily_unavailable'], 429),
      },
    },
    delete: {
      ...MANAGEMENT,
      operationId: 'removeClient',
      summary: 'Ends the client with all that it holds',
      responses: { 204: { description: 'It is gone.' }, ...refusals('invalid_token') },
    },
  },
  '/introspect': {
    post: {
      operationId: 'introspect',
      summary: 'What a token permits (RFC 7662; FedAuthz section 5)',
      description:
        'A PAT asks about RPTs for its owner and resource server; a client about its own tokens and those for its API. ' +
        'Whatever the caller may not know is `{"active": false}`. With `Accept: application/token-introspection+jwt` the ' +
        'answer is a JWT (RFC 9701) with this object as `token_introspection`.',
      tags: TAGS,
      security: BY_INTROSPECTION_CALLER,
      requestBody: formBody(INTROSPECTION_FORM),
      responses: {
        200: answer('What is known.', 'Introspection'),
        ...refusals('invalid_request', 'invalid_client', 'invalid_token', 'insufficient_scope'),
        429: refusal(['invalid_client', 'temporarily_unavailable'], 429),
      },
    },
  },
  '/userinfo': {
    get: USER_INFO('userInfo'),
    post: USER_INFO('userInfoByPost'),
  },
  '/grants/{id}': {
    parameters: [pathId('The `grant_id`.')],
    get: {
      operationId: 'queryGrant',
      summary: 'What a person gave this client (Grant Management)',
      tags: TAGS,
      security: BY_GRANT_QUERY,
      responses: { 200: answer('The grant.', 'Grant'), ...OF_GRANTS },
    },
    delete: {
      operationId: 'revokeGrant',
      summary: 'Ends a grant with all its tokens',
      tags: TAGS,
      security: BY_GRANT_REVOKE,
      responses: { 204: { description: 'Ended.' }, ...OF_GRANTS },
    },
  },
  '/revoke': {
    post: {
      operationId: 'revoke',
      summary: 'Ends a token, and with a refresh token everything made from it (RFC 7009)',
      tags: TAGS,
      security: BY_CLIENT,
      requestBody: formBody(REVOCATION_FORM),
      responses: {
        200: { description: 'It no longer works, or never did.' },
        ...refusals('invalid_request', 'unauthorized_client', 'invalid_client'),
        429: refusal(['invalid_client'], 429),
      },
    },
  },
};
