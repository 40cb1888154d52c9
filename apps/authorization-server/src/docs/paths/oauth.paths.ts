import type { Paths } from '../operation.js';
import { answer, formBody, refusal, refusals } from '../operation.js';
import { INTROSPECTION_FORM, REVOCATION_FORM, TOKEN_FORM } from '../schemas/oauth.schemas.js';
import { BY_CLIENT, BY_INTROSPECTION_CALLER } from '../security-schemes.js';

const TAGS = ['OAuth'];

/** Token, introspection and revocation endpoints. */
export const OAUTH_PATHS: Paths = {
  '/token': {
    post: {
      operationId: 'token',
      summary: 'Grants a token (RFC 6749 section 3.2; UMA Grant section 3.3)',
      tags: TAGS,
      security: BY_CLIENT,
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
          'invalid_client',
        ),
        403: answer('UMA: claims are needed, the owner was asked, or access is denied.', 'UmaRefusal'),
        429: refusal(['invalid_client'], 429),
      },
    },
  },
  '/introspect': {
    post: {
      operationId: 'introspect',
      summary: 'What a token permits (RFC 7662; FedAuthz section 5)',
      description:
        'A PAT asks about RPTs for its owner and resource server; a client about its own tokens and those for its API. ' +
        'Whatever the caller may not know is `{"active": false}`.',
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
