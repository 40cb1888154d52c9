import { CLAIM_TOKEN_FORMAT_ID_TOKEN, CLIENT_ASSERTION_TYPE_JWT, GRANT_TYPE } from '@valetkey/protocol';
import type { Json } from '../operation.js';
import { NUMERIC_DATE, object, SCOPES, SECONDS, TEXT } from './common.schemas.js';

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

/** One form a grant (RFC 6749 sections 4.4 and 6, UMA Grant section 3.3.1). */
export const TOKEN_FORM: Json = {
  oneOf: [
    grant(GRANT_TYPE.clientCredentials, {}, { scope: SPACED, resource: { type: 'string', format: 'uri' } }),
    grant(GRANT_TYPE.refreshToken, { refresh_token: TEXT }, { scope: SPACED }),
    grant(
      GRANT_TYPE.umaTicket,
      { ticket: TEXT },
      {
        claim_token: { type: 'string', description: 'An ID token of a trusted issuer, for this server.' },
        claim_token_format: { const: CLAIM_TOKEN_FORMAT_ID_TOKEN },
        pct: { type: 'string', description: 'Persisted claims token of an earlier answer.' },
        rpt: { type: 'string', description: 'An RPT to upgrade.' },
        scope: SPACED,
      },
    ),
  ],
};

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
  grant_id: { type: 'string', description: 'The authorization behind the token.' },
  scope: SPACED,
  permissions: { type: 'array', items: PERMISSION, description: 'What an RPT permits (FedAuthz section 5.1.1).' },
};

export const OAUTH_SCHEMAS: Json = {
  TokenAnswer: object(
    { access_token: TEXT, token_type: { const: 'Bearer' }, expires_in: SECONDS },
    {
      scope: SPACED,
      refresh_token: TEXT,
      pct: { type: 'string', description: 'Persisted claims token, for later tickets.' },
      upgraded: { const: true, description: 'The RPT permits what the presented one did, and more.' },
    },
  ),
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
      interval: { type: 'integer', description: '`request_submitted`: seconds to wait before asking again.' },
    },
  ),
  Introspection: {
    oneOf: [object({ active: { const: false } }), object({ active: { const: true } }, ACTIVE)],
  },
};
