export { ACR, AMR, isAcrAtLeast } from './authentication-context.js';
export type { Acr } from './authentication-context.js';
export {
  GRANT_MANAGEMENT_ACTIONS,
  PROMPTS,
  PUSHED_REQUEST_PREFIX,
  REQUEST_OBJECT_TYPE,
  RESPONSE_MODES,
} from './authorization.js';
export type { GrantManagementAction, Prompt, ResponseMode } from './authorization.js';
export { CLAIM_TOKEN_FORMAT_ID_TOKEN } from './claim-token.js';
export {
  ASYMMETRIC_ALGORITHMS,
  CERTIFICATE_METHODS,
  CLIENT_ASSERTION_TYPE_JWT,
  CLIENT_AUTHENTICATION_METHODS,
} from './client-authentication.js';
export type { AsymmetricAlgorithm, ClientAuthenticationMethod } from './client-authentication.js';
export { isSameAlgorithm, underEitherName } from './edwards-names.js';
export { ERROR_STATUS } from './errors.js';
export type {
  AuthorizationErrorCode,
  ErrorCode,
  ResourceErrorCode,
  RegistrationErrorCode,
  TokenErrorCode,
} from './errors.js';
export { GRANT_TYPE } from './grant-types.js';
export type { GrantType } from './grant-types.js';
export { claimsOfScopes, PERSON_CLAIMS } from './person-claims.js';
export type { PersonClaim } from './person-claims.js';
export { IDENTITY_SCOPE, IDENTITY_SCOPES, isScopeToken, SERVER_SCOPE, TOLD_IDENTITY_SCOPES } from './scopes.js';
export { CONTENT_ENCRYPTIONS, KEY_ENCRYPTIONS } from './encryption-algorithms.js';
export type { ContentEncryption, KeyEncryptionAlgorithm } from './encryption-algorithms.js';
export { ANSWER_ALGORITHMS, answerAlgorithmsOf, keyAlgorithmOf, SIGNING_ALGORITHMS } from './signing-algorithms.js';
export type { AnswerAlgorithm, SigningAlgorithm } from './signing-algorithms.js';
