/** Error codes of the token, revocation and introspection endpoints (RFC 6749 5.2, 7009 2.2.1, 8628 3.5, 8707 2, 9449 5, UMA Grant 3.3.6). */
export type TokenErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'invalid_target'
  | 'invalid_authorization_details'
  | 'unsupported_token_type'
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  | 'authorization_pending'
  | 'slow_down'
  | 'access_denied'
  | 'expired_token'
  | 'need_info'
  | 'request_denied'
  | 'request_submitted'
  | 'temporarily_unavailable'
  | 'server_error';

/** Error codes of the authorization endpoint besides (RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6, RFC 9101 7, 9396 5, 9470 5, Grant Management). */
export type AuthorizationErrorCode =
  | 'unsupported_response_type'
  | 'login_required'
  | 'consent_required'
  | 'interaction_required'
  | 'account_selection_required'
  | 'invalid_request_object'
  | 'request_uri_not_supported'
  | 'unmet_authentication_requirements'
  | 'invalid_grant_id';

/**
 * Error codes of protected resources (RFC 6750 section 3.1) and of the UMA protection API (FedAuthz 3.2, 4.3); and three of our
 * own, which no registry knows: `precondition_failed` for an `If-Match` that does not fit, `precondition_required` for a change without
 * the one that it needs (RFC 6585 section 3), and `invalid_state` for a decision about a request that is decided or over, and for giving
 * what is not described in words yet.
 */
export type ResourceErrorCode =
  | 'invalid_token'
  | 'insufficient_scope'
  | 'insufficient_user_authentication'
  | 'not_found'
  | 'unsupported_method_type'
  | 'precondition_failed'
  | 'precondition_required'
  | 'invalid_resource_id'
  | 'invalid_state';

/** Error codes of client registration (RFC 7591 section 3.2.2). */
export type RegistrationErrorCode =
  'invalid_redirect_uri' | 'invalid_client_metadata' | 'invalid_software_statement' | 'unapproved_software_statement';

export type ErrorCode = TokenErrorCode | RegistrationErrorCode | AuthorizationErrorCode | ResourceErrorCode;

/** The one HTTP status of each code, wherever it is answered. */
export const ERROR_STATUS: Readonly<Record<ErrorCode, number>> = {
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  invalid_scope: 400,
  invalid_target: 400,
  unsupported_token_type: 400,
  invalid_dpop_proof: 400,
  use_dpop_nonce: 400,
  authorization_pending: 400,
  slow_down: 400,
  expired_token: 400,
  need_info: 403,
  request_denied: 403,
  request_submitted: 403,
  unsupported_response_type: 400,
  access_denied: 400,
  login_required: 400,
  consent_required: 400,
  interaction_required: 400,
  account_selection_required: 400,
  invalid_request_object: 400,
  request_uri_not_supported: 400,
  invalid_authorization_details: 400,
  unmet_authentication_requirements: 400,
  invalid_grant_id: 400,
  invalid_redirect_uri: 400,
  invalid_client_metadata: 400,
  invalid_software_statement: 400,
  unapproved_software_statement: 400,
  temporarily_unavailable: 503,
  server_error: 500,
  invalid_token: 401,
  insufficient_scope: 403,
  insufficient_user_authentication: 401,
  not_found: 404,
  unsupported_method_type: 405,
  precondition_failed: 412,
  precondition_required: 428,
  invalid_resource_id: 400,
  invalid_state: 409,
};
