export { AccessRequests } from './access-requests.service.js';
export type { Approval, Denial, DecisionProblem } from './access-requests.service.js';
export {
  answersFor,
  lineOfRequest,
  partyKeyOf,
  personKeyOf,
  policySubjectOf,
  requestKeyOf,
} from './domain/access-request.js';
export type { AccessRequest, AccessRequestState, RequestedPermission } from './domain/access-request.js';
export {
  assessResource,
  isSameCeiling,
  latestEnd,
  raiseCeiling,
  toTokenPermission,
  wantedScopes,
} from './domain/assessment.js';
export type { AssessedResource, ResourceVerdict, TicketPermission } from './domain/assessment.js';
export { isOwnSignIn, mergeEvidence, ofOnePerson, partyOf, personOf, vouchingsOf } from './domain/evidence.js';
export { plainReason } from './domain/plain-text.js';
export type { ClaimSet, ClaimValue, Evidence, Vouching } from './domain/evidence.js';
export { handoverState } from './domain/handover.js';
export type { HandedOver, Handover, HandoverDraft } from './domain/handover.js';
export { Handovers } from './handovers.service.js';
export type { EndedHandover } from './handovers.service.js';
export { emailAddress, INVITATION_LIFETIME, invitationState } from './domain/invitation.js';
export type { Invitation, InvitationDraft } from './domain/invitation.js';
export { Invitations } from './invitations.service.js';
export type { Acceptance, AcceptanceProblem, InvitationProblem } from './invitations.service.js';
export { InvitationMailStore } from './persistence/invitation-mail.store.js';
export { InvitationStore } from './persistence/invitation.store.js';
export type { Policy, PolicyCircumstances, PolicySubject } from './domain/policy.js';
export { isObject, parseResourceDescription, parseResourceScopes } from './domain/resource-description.js';
export type { ResourceDescription } from './domain/resource-description.js';
export { againFrom, DENIAL_HOLDS } from './domain/request-outcome.js';
export type { GivenPermission, RequestOutcome } from './domain/request-outcome.js';
export { scopesSince } from './domain/resource.js';
export type { Resource } from './domain/resource.js';
export { ticketProblem } from './domain/ticket.js';
export type { PermissionTicket } from './domain/ticket.js';
export { OwnerMoments } from './owner-moments.service.js';
export { OwnerPolicies } from './owner-policies.service.js';
export type { PolicyChangeProblem, PolicyDraft, PolicyOrigin, PolicyProblem } from './owner-policies.service.js';
export { OwnerRevocation } from './owner-revocation.service.js';
export { PermissionRequests } from './permission-requests.service.js';
export type { PermissionRequest } from './permission-requests.service.js';
export { AccessRequestStore } from './persistence/access-request.store.js';
export { ClientPoliciesStore } from './persistence/client-policies.store.js';
export { PermissionTicketStore } from './persistence/permission-ticket.store.js';
export { PersistedClaimsStore } from './persistence/persisted-claims.store.js';
export type { PersistedClaims } from './persistence/persisted-claims.store.js';
export { PolicyStore } from './persistence/policy.store.js';
export { RegisteredScopeStore } from './persistence/registered-scope.store.js';
export { RequestNoticeStore } from './persistence/request-notice.store.js';
export type { OutcomeNotice } from './persistence/request-notice.store.js';
export { OwnedResourceStore } from './persistence/owned-resource.store.js';
export type { ResourceHolders, ResourceSearch } from './persistence/owned-resource.store.js';
export { ResourceMarksStore } from './persistence/resource-marks.store.js';
export type { ResourceMarks } from './persistence/resource-marks.store.js';
export { ResourceStore } from './persistence/resource.store.js';
export { HandoverStore } from './persistence/handover.store.js';
export { ShareStore } from './persistence/share.store.js';
export type { FormerAccess } from './persistence/share.store.js';
export { UmaExpiryStore } from './persistence/uma-expiry.store.js';
export { RequestOutcomes } from './request-outcomes.service.js';
export { ResourceRegistration } from './resource-registration.service.js';
export type { ProtectionCaller } from './resource-registration.service.js';
export { RptPermissions } from './rpt-permissions.service.js';
export type { LivePermission } from './rpt-permissions.service.js';
export { handleOfParty, handleOfToken, holderOf, toldName } from './domain/holder.js';
export type { RemovedShare, RemovedTerms } from './domain/removed-access.js';
export { OwnerShares } from './owner-shares.service.js';
export { AccessKeepStore } from './persistence/access-keep.store.js';
export { GIVE_BACK_FOR, RemovedAccessStore } from './persistence/removed-access.store.js';
export type { RemovedAccess } from './persistence/removed-access.store.js';
export { ShareListStore } from './persistence/share-list.store.js';
export type { ListedShare } from './persistence/share-list.store.js';
export { ShareTokensStore } from './persistence/share-tokens.store.js';
export { accessIdOf, ShareHistory } from './share-history.service.js';
export { ConsentHistory } from './consent-history.service.js';
export { ConsentsGivenBack } from './consents-given-back.service.js';
export { GivenBack, isComingBack } from './given-back.service.js';
export type { CameBack, GiveBackProblem } from './given-back.service.js';
export { OwnerStopStore } from './persistence/owner-stop.store.js';
export type { OwnerStop } from './persistence/owner-stop.store.js';
export { StopEverything } from './stop-everything.service.js';
export { isProtection, StopGround } from './stop-ground.service.js';
export { ToldEnds } from './told-ends.service.js';
export { Withdrawal } from './withdrawal.service.js';
export { UMA_OPTIONS } from './uma-options.js';
export type { UmaOptions } from './uma-options.js';
export { UmaModule } from './uma.module.js';
