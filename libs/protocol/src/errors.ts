/** Error codes of the token, revocation and introspection endpoints (RFC 6749 5.2, 7009 2.2.1, 8707 2, UMA Grant 3.3.6). */
export type TokenErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'invalid_scope'
  | 'invalid_target'
  | 'unsupported_token_type'
  | 'need_info'
  | 'request_denied'
  | 'request_submitted'
  | 'temporarily_unavailable'
  | 'server_error';

/** Error codes of protected resources (RFC 6750 section 3.1) and of the UMA protection API (FedAuthz 3.2, 4.3). */
export type ResourceErrorCode =
  | 'invalid_token'
  | 'insufficient_scope'
  | 'not_found'
  | 'unsupported_method_type'
  | 'precondition_failed'
  | 'invalid_resource_id'
  | 'invalid_state';

export type ErrorCode = TokenErrorCode | ResourceErrorCode;

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
  need_info: 403,
  request_denied: 403,
  request_submitted: 403,
  temporarily_unavailable: 503,
  server_error: 500,
  invalid_token: 401,
  insufficient_scope: 403,
  not_found: 404,
  unsupported_method_type: 405,
  precondition_failed: 412,
  invalid_resource_id: 400,
  invalid_state: 409,
};
