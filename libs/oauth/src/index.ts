export { AuthorizationAnswers } from './authorization-request/authorization-answers.service.js';
export { AuthorizationCodes } from './authorization-request/authorization-codes.service.js';
export type { CodeOrder } from './authorization-request/authorization-codes.service.js';
export { AUTHORIZATION_OPTIONS } from './authorization-request/authorization-options.js';
export type { AuthorizationOptions } from './authorization-request/authorization-options.js';
export { AuthorizationRequestReader } from './authorization-request/authorization-request.reader.js';
export type {
  ReadRequest,
  RequestErrorAnswer,
  RequestErrorPage,
} from './authorization-request/authorization-request.reader.js';
export { AuthorizationRequestsModule } from './authorization-request/authorization-requests.module.js';
export { ClientGrants } from './authorization-request/client-grants.service.js';
export type { ClientGrant } from './authorization-request/client-grants.service.js';
export { Consents } from './authorization-request/consents.service.js';
export type { Consented, ConsentGiven } from './authorization-request/consents.service.js';
export type { ConsentSpan } from './domain/authorization-request/consent-span.js';
export { ConsentTokens } from './authorization-request/consent-tokens.service.js';
export { ConsentStore } from './authorization-request/persistence/consent.store.js';
export { AuthorizationCodeStore } from './authorization-request/persistence/authorization-code.store.js';
export type { AuthorizationCode, CodeContent } from './authorization-request/persistence/authorization-code.store.js';
export { PushedRequestStore } from './authorization-request/persistence/pushed-request.store.js';
export { PushedRequests } from './authorization-request/pushed-requests.service.js';
export type { PushAnswer } from './authorization-request/pushed-requests.service.js';
export { AssertionRates } from './client-authentication/assertion-rates.js';
export { ClientKeys } from './client-authentication/client-keys.service.js';
export { ClientAuthenticator } from './client-authentication/client-authenticator.service.js';
export type { AuthenticationRequest } from './client-authentication/client-authenticator.service.js';
export { FailureThrottle } from './client-authentication/failure-throttle.js';
export { answerWith, withQuery } from './domain/authorization-request/answer.js';
export { DeviceAuthorizationEndpoint } from './device-authorization/device-authorization-endpoint.service.js';
export type { DeviceAuthorizationAnswer } from './device-authorization/device-authorization-endpoint.service.js';
export { DeviceCodes } from './device-authorization/device-codes.service.js';
export { DeviceCodeStore } from './device-authorization/persistence/device-code.store.js';
export type { DeviceCode } from './device-authorization/persistence/device-code.store.js';
export type { AuthorizationAnswer } from './domain/authorization-request/answer.js';
export {
  detailsFor,
  detailsOfTypes,
  detailsToGive,
  isWithinDetails,
  lastingDetails,
  parseAuthorizationDetails,
  refuseDetails,
} from './domain/authorization-request/authorization-details.js';
export type {
  AuthorizationDetailsField,
  AuthorizationDetailsType,
} from './domain/authorization-request/authorization-details.js';
export type {
  AnswerTarget,
  AuthorizationRequest,
  SignedIn,
} from './domain/authorization-request/authorization-request.js';
export { isTimed } from './domain/authorization-request/consent-span.js';
export type { StandingAccess } from './domain/authorization-request/standing-access.js';
export { overProblem } from './consented-content.js';
export { givenClaims, narrowClaims, singleClaims } from './domain/authorization-request/claims-request.js';
export type { ClaimRequest, ClaimsRequest } from './domain/authorization-request/claims-request.js';
export { mergedContent } from './domain/authorization-request/merged-grant.js';
export { decideStep, givenScopes } from './domain/authorization-request/next-step.js';
export type {
  AuthorizationStep,
  ConsentedBefore,
  MissingConsent,
  PresentSession,
  SignInReason,
} from './domain/authorization-request/next-step.js';
export { consentedOrder } from './domain/consented-order.js';
export type { ConsentedAccess } from './domain/consented-order.js';
export { FormParameters } from './domain/form-parameters.js';
export { parseScopes } from './domain/target.js';
export { RequestValidator } from './authorization-request/request.validator.js';
export type { RefreshedTarget, RequestedAccess, Target } from './domain/target.js';
export { refused } from './grant-handler.js';
export type { Decision, GrantContext, Granted, GrantHandler, Refused } from './grant-handler.js';
export { audienceNamed, OWN_APIS } from './domain/own-apis.js';
export type { OwnApi } from './domain/own-apis.js';
export { OAuthError } from './domain/oauth-error.js';
export { InteractionStore } from './interaction/interaction.store.js';
export type { FirstFactor, Interaction } from './interaction/interaction.store.js';
export { OAuthModule, TokenEndpointModule } from './oauth.module.js';
export { REASONS } from './domain/reasons.js';
export type { Reason } from './domain/reasons.js';
export { SecurityEvents } from './security-events.js';
export type { SecurityEvent } from './security-events.js';
export { accessTokenHash, DpopProofs } from './sender-constraint/dpop-proofs.service.js';
export type { DpopProof, ProvenRequest } from './sender-constraint/dpop-proofs.service.js';
export { isDpopBound } from './domain/client-preferences.js';
export { isDistinguishedName } from './client-authentication/certificate-names.js';
export { CertificateStatus } from './client-authentication/certificate-status.service.js';
export { RevocationList, RevocationListProblem } from './client-authentication/revocation-list.js';
export { CertificateAuthorities } from './client-authentication/certificate-authorities.js';
export { certificateThumbprint } from './sender-constraint/certificate-thumbprint.js';
export { SenderConstraint } from './sender-constraint/sender-constraint.service.js';
export type { SenderRequest } from './sender-constraint/sender-constraint.service.js';
export { Recipients } from './recipients.service.js';
export type { AnswerForm, UserInfoForm } from './recipients.service.js';
export type { GrantedTarget } from './target-resolver.service.js';
export { TargetResolver } from './target-resolver.service.js';
export { TokenEndpoint } from './token-endpoint.service.js';
export type { TokenAnswer } from './grant-execution.service.js';
