export { CLAIM_TOKEN_FORMAT_ID_TOKEN } from './claim-token.js';
export {
  ASYMMETRIC_ALGORITHMS,
  CLIENT_ASSERTION_TYPE_JWT,
  CLIENT_AUTHENTICATION_METHODS,
} from './client-authentication.js';
export type { ClientAuthenticationMethod } from './client-authentication.js';
export { ERROR_STATUS } from './errors.js';
export type { ErrorCode, ResourceErrorCode, TokenErrorCode } from './errors.js';
export { GRANT_TYPE } from './grant-types.js';
export type { GrantType } from './grant-types.js';
export { isScopeToken, SERVER_SCOPE } from './scopes.js';
export { SIGNING_ALGORITHMS } from './signing-algorithms.js';
export type { SigningAlgorithm } from './signing-algorithms.js';
