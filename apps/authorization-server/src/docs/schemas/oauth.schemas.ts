import {
  CLAIM_TOKEN_FORMAT_ID_TOKEN,
  CLIENT_ASSERTION_TYPE_JWT,
  CONTENT_ENCRYPTIONS,
  GRANT_MANAGEMENT_ACTIONS,
  GRANT_TYPE,
  KEY_ENCRYPTIONS,
  RESPONSE_MODES,
  ANSWER_ALGORITHMS,
} from '@valetkey/protocol';
import type { Json } from '../operation.js';
import { INSTANT, NUMERIC_DATE, object, SCOPES, SECONDS, TEXT } from './common.schemas.js';

const SPACED: Json = { type: 'string', description: 'Scopes, a space between.' };

/** Members of a form by which a client proves who it is, unless it uses the header. */
const CLIENT_AUTHENTICATION: Json = {
  client_id: TEXT,
  client_secret: { type: 'string', description: '`client_secret_post`.' },
  client_assertion_type: { const: CLIENT_ASSERTION_TYPE_JWT, description: '`private_key_jwt`.' },
  client_assertion: { type: 'string', description: '`private_key_jwt`.' },
};

function grant(type: string, required: Json, optional: Json = {}): Json {
  return object({ grant_type: { const: type }, ...required }, { ...optional, ...CLIENT_AUTHENTICATION });
}

const URIS: Json = { type: 'string', format: 'uri', description: 'May come more than once.' };
const DETAILS: Json = { type: 'string', description: 'A JSON array of objects, each with a `type` (RFC 9396).' };

/** One form a grant (RFC 6749 sections 4.1.3, 4.4 and 6, UMA Grant section 3.3.1). */
export const TOKEN_FORM: Json = {
  oneOf: [
    grant(
      GRANT_TYPE.authorizationCode,
      { code: TEXT, redirect_uri: TEXT, code_verifier: TEXT },
      { resource: { type: 'string', format: 'uri' }, authorization_details: DETAILS },
    ),
    grant(GRANT_TYPE.clientCredentials, {}, { scope: SPACED, resource: { type: 'string', format: 'uri' } }),
    grant(
      GRANT_TYPE.deviceCode,
      { device_code: TEXT },
      { resource: { type: 'string', format: 'uri' }, authorization_details: DETAILS },
    ),
    grant(
      GRANT_TYPE.refreshToken,
      { refresh_token: TEXT },
      { scope: SPACED, resource: { type: 'string', format: 'uri' }, authorization_details: DETAILS },
    ),
    grant(
      GRANT_TYPE.umaTicket,
      { ticket: TEXT },
      {
        claim_token: { type: 'string', description: 'An ID token of a trusted issuer, for this server.' },
        claim_token_format: { const: CLAIM_TOKEN_FORMAT_ID_TOKEN },
        pct: { type: 'string', description: 'Persisted claims token of an earlier answer.' },
        rpt: { type: 'string', description: 'An RPT to upgrade.' },
        scope: SPACED,
        valetkey_reason: {
          type: 'string',
          description:
            'What it is for, in words for the owner, who may be asked: the first 300 characters of one line.',
        },
      },
    ),
  ],
};

/** Parameters of an authorization request (RFC 6749 4.1.1, RFC 7636, OpenID Connect Core 3.1.2.1). */
const AUTHORIZATION_REQUIRED: Json = {
  response_type: { const: 'code' },
  redirect_uri: TEXT,
  code_challenge: TEXT,
  code_challenge_method: { const: 'S256' },
};

const AUTHORIZATION_OPTIONAL: Json = {
  scope: SPACED,
  state: TEXT,
  nonce: TEXT,
  response_mode: { enum: [...RESPONSE_MODES, 'jwt'] },
  resource: URIS,
  authorization_details: DETAILS,
  prompt: TEXT,
  max_age: SECONDS,
  acr_values: TEXT,
  claims: { type: 'string', description: 'A JSON object (OpenID Connect Core section 5.5).' },
  login_hint: TEXT,
  id_token_hint: TEXT,
  ui_locales: TEXT,
  dpop_jkt: TEXT,
  grant_id: TEXT,
  grant_management_action: { enum: [...GRANT_MANAGEMENT_ACTIONS] },
};

const SIGNED_REQUEST: Json = {
  type: 'string',
  description: 'A signed JWT with the other parameters but `client_id` (RFC 9101).',
};

/** An authorization request, as it is or signed (RFC 9101), from a client that says who it is. */
export const PUSH_FORM: Json = {
  oneOf: [
    object(AUTHORIZATION_REQUIRED, { ...AUTHORIZATION_OPTIONAL, ...CLIENT_AUTHENTICATION }),
    object({ request: SIGNED_REQUEST }, CLIENT_AUTHENTICATION),
  ],
};

/** An authorization request that a browser brings: as it is, signed, or pushed before (RFC 9126 section 4). */
export const AUTHORIZATION_FORM: Json = {
  oneOf: [
    object({ client_id: TEXT, ...AUTHORIZATION_REQUIRED }, AUTHORIZATION_OPTIONAL),
    object({ client_id: TEXT, request: SIGNED_REQUEST }),
    object({ client_id: TEXT, request_uri: TEXT }),
  ],
};

/** The same in a query, which has no alternatives: what a signed or pushed request holds is not there. */
export const AUTHORIZATION_QUERY: Json = {
  ...AUTHORIZATION_REQUIRED,
  ...AUTHORIZATION_OPTIONAL,
  request: SIGNED_REQUEST,
  request_uri: { type: 'string', description: 'What the pushed request was answered with (RFC 9126).' },
};

/** What a device asks for (RFC 8628 section 3.1). */
export const DEVICE_FORM: Json = object(
  {},
  {
    scope: SPACED,
    resource: URIS,
    authorization_details: DETAILS,
    device_name: { type: 'string', description: 'What the device calls itself; shown to its person as such.' },
    ...CLIENT_AUTHENTICATION,
  },
);

export const INTROSPECTION_FORM: Json = object(
  { token: TEXT },
  {
    token_type_hint: TEXT,
    resource_id: { type: 'string', description: 'Asks about the permissions on this resource alone.' },
    ...CLIENT_AUTHENTICATION,
  },
);

export const REVOCATION_FORM: Json = object(
  { token: TEXT },
  {
    token_type_hint: { type: 'string', description: '`access_token`, `refresh_token` or `pct`; never needed.' },
    ...CLIENT_AUTHENTICATION,
  },
);

const PERMISSION: Json = object({ resource_id: TEXT, resource_scopes: SCOPES }, { exp: NUMERIC_DATE });

const ACTIVE: Json = {
  iss: TEXT,
  client_id: TEXT,
  sub: { type: 'string', description: 'The person, named differently to each audience; or the client itself.' },
  aud: TEXT,
  exp: NUMERIC_DATE,
  iat: NUMERIC_DATE,
  jti: TEXT,
  token_type: TEXT,
  auth_time: NUMERIC_DATE,
  acr: TEXT,
  amr: { type: 'array', items: TEXT },
  cnf: {
    type: 'object',
    description: 'The key that the token is bound to: `jkt` (RFC 9449) or `x5t#S256` (RFC 8705).',
    additionalProperties: TEXT,
  },
  grant_id: { type: 'string', description: 'The authorization behind the token.' },
  scope: SPACED,
  authorization_details: { type: 'array', items: { type: 'object' }, description: 'What was granted in detail.' },
  permissions: { type: 'array', items: PERMISSION, description: 'What an RPT permits (FedAuthz section 5.1.1).' },
};

/** How a client wants answers as JWT. */
const ANSWER_MEMBERS: Json = Object.fromEntries<Json>(
  ['id_token', 'userinfo', 'introspection', 'authorization'].flatMap((what) => [
    [`${what}_signed_response_alg`, { enum: [...ANSWER_ALGORITHMS] }],
    [`${what}_encrypted_response_alg`, { enum: [...KEY_ENCRYPTIONS] }],
    [`${what}_encrypted_response_enc`, { enum: [...CONTENT_ENCRYPTIONS] }],
  ]),
);

export const OAUTH_SCHEMAS: Json = {
  TokenAnswer: object(
    { access_token: TEXT, token_type: { enum: ['Bearer', 'DPoP'] }, expires_in: SECONDS },
    {
      scope: SPACED,
      refresh_token: TEXT,
      id_token: { type: 'string', description: 'With scope `openid`: who authorized the client (OpenID Connect).' },
      authorization_details: { type: 'array', items: { type: 'object' }, description: 'What was granted in detail.' },
      grant_id: { type: 'string', description: 'The grant, for clients that manage grants by name.' },
      pct: { type: 'string', description: 'Persisted claims token, for later tickets.' },
      upgraded: { const: true, description: 'The RPT permits what the presented one did, and more.' },
    },
  ),
  UserInfo: object(
    { sub: { type: 'string', description: 'The person, as the ID token names her.' } },
    { name: TEXT, preferred_username: TEXT, locale: TEXT, zoneinfo: TEXT, email: TEXT },
  ),
  PushAnswer: object({ request_uri: TEXT, expires_in: SECONDS }),
  ClientMetadata: {
    type: 'object',
    description:
      'Members of RFC 7591, OpenID Connect Dynamic Client Registration, RFC 8705, RFC 9126, RFC 9449 and UMA; others are ignored.',
    properties: {
      redirect_uris: { type: 'array', items: TEXT },
      client_name: TEXT,
      grant_types: { type: 'array', items: { enum: Object.values(GRANT_TYPE) } },
      token_endpoint_auth_method: TEXT,
      scope: SPACED,
      audiences: { type: 'array', items: TEXT, description: 'Resource servers that it may ask tokens for.' },
      jwks: { type: 'object' },
      jwks_uri: TEXT,
      ...ANSWER_MEMBERS,
      software_statement: TEXT,
    },
  },
  ClientInformation: {
    allOf: [
      { $ref: '#/components/schemas/ClientMetadata' },
      object(
        {
          client_id: TEXT,
          client_id_issued_at: NUMERIC_DATE,
          registration_access_token: TEXT,
          registration_client_uri: TEXT,
        },
        { client_secret: { type: 'string', description: 'Shown once.' }, client_secret_expires_at: NUMERIC_DATE },
      ),
    ],
  },
  DeviceAuthorizationAnswer: object({
    device_code: TEXT,
    user_code: { type: 'string', description: 'What the person types; she may leave the hyphen out.' },
    verification_uri: TEXT,
    verification_uri_complete: { type: 'string', description: 'The same with the code, for a QR picture.' },
    expires_in: SECONDS,
    interval: SECONDS,
  }),
  UmaRefusal: object(
    { error: { enum: ['need_info', 'request_submitted', 'request_denied'] } },
    {
      error_description: TEXT,
      ticket: { type: 'string', description: 'The ticket to go on with; the one presented is used up.' },
      required_claims: {
        type: 'array',
        description: '`need_info`: claims that would help, and whose word counts.',
        items: object(
          { claim_token_format: { type: 'array', items: TEXT }, issuer: { type: 'array', items: TEXT } },
          { name: TEXT, friendly_name: TEXT },
        ),
      },
      redirect_user: {
        type: 'string',
        format: 'uri',
        description: '`need_info`: where the client can send her browser, so that she says who she is.',
      },
      interval: { type: 'integer', description: '`request_submitted`: seconds to wait before asking again.' },
    },
  ),
  Grant: {
    ...object(
      {
        scopes: { type: 'array', items: object({ scope: SPACED }, { resource: { type: 'array', items: TEXT } }) },
        claims: { type: 'array', items: TEXT },
        authorization_details: { type: 'array', items: { type: 'object' } },
        created_at: INSTANT,
        last_updated_at: INSTANT,
        updated_by: { enum: ['client', 'authorization_server'] },
      },
      { expires_at: INSTANT },
    ),
    description: 'Grant Management for OAuth 2.0, section 6.4.',
  },
  Introspection: {
    oneOf: [object({ active: { const: false } }), object({ active: { const: true } }, ACTIVE)],
  },
};
