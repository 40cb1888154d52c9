import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { AuthorizationsModule } from '@valetkey/authorizations';
import { AccessRequests } from './access-requests.service.js';
import { Handovers } from './handovers.service.js';
import { Invitations } from './invitations.service.js';
import { OwnerMoments } from './owner-moments.service.js';
import { OwnerPolicies } from './owner-policies.service.js';
import { OwnerRevocation } from './owner-revocation.service.js';
import { PermissionRequests } from './permission-requests.service.js';
import { AccessRequestStore } from './persistence/access-request.store.js';
import { ClientPoliciesStore } from './persistence/client-policies.store.js';
import { PermissionTicketStore } from './persistence/permission-ticket.store.js';
import { PersistedClaimsStore } from './persistence/persisted-claims.store.js';
import { InvitationMailStore } from './persistence/invitation-mail.store.js';
import { InvitationStore } from './persistence/invitation.store.js';
import { PolicyStore } from './persistence/policy.store.js';
import { RequestNoticeStore } from './persistence/request-notice.store.js';
import { OwnedResourceStore } from './persistence/owned-resource.store.js';
import { HandoverStore } from './persistence/handover.store.js';
import { ShareStore } from './persistence/share.store.js';
import { ResourceMarksStore } from './persistence/resource-marks.store.js';
import { RegisteredScopeStore } from './persistence/registered-scope.store.js';
import { RemovedAccessStore } from './persistence/removed-access.store.js';
import { ResourceStore } from './persistence/resource.store.js';
import { ShareListStore } from './persistence/share-list.store.js';
import { ShareTokensStore } from './persistence/share-tokens.store.js';
import { UmaExpiryStore } from './persistence/uma-expiry.store.js';
import { RequestOutcomes } from './request-outcomes.service.js';
import { ResourceEnd } from './resource-end.service.js';
import { ResourceRegistration } from './resource-registration.service.js';
import { RptPermissions } from './rpt-permissions.service.js';
import { ShareHistory } from './share-history.service.js';
import { ConsentHistory } from './consent-history.service.js';
import { ConsentsGivenBack } from './consents-given-back.service.js';
import { GivenBack } from './given-back.service.js';
import { OwnerShares } from './owner-shares.service.js';
import { AccessKeepStore } from './persistence/access-keep.store.js';
import { OwnerStopStore } from './persistence/owner-stop.store.js';
import { StopEverything } from './stop-everything.service.js';
import { StopGround } from './stop-ground.service.js';
import { ToldEnds } from './told-ends.service.js';
import { Withdrawal } from './withdrawal.service.js';
import type { UmaOptions } from './uma-options.js';
import { UMA_OPTIONS } from './uma-options.js';

const SERVICES = [
  ResourceStore,
  RegisteredScopeStore,
  OwnedResourceStore,
  ResourceMarksStore,
  ShareStore,
  HandoverStore,
  InvitationStore,
  InvitationMailStore,
  PolicyStore,
  ClientPoliciesStore,
  PermissionTicketStore,
  PersistedClaimsStore,
  AccessRequestStore,
  RequestNoticeStore,
  RemovedAccessStore,
  OwnerStopStore,
  AccessKeepStore,
  OwnerShares,
  ShareListStore,
  ShareTokensStore,
  ShareHistory,
  Withdrawal,
  ResourceEnd,
  ToldEnds,
  ConsentHistory,
  ConsentsGivenBack,
  GivenBack,
  StopGround,
  StopEverything,
  UmaExpiryStore,
  ResourceRegistration,
  PermissionRequests,
  RptPermissions,
  OwnerMoments,
  OwnerPolicies,
  OwnerRevocation,
  AccessRequests,
  Handovers,
  Invitations,
  RequestOutcomes,
];

/** UMA 2.0: resources, tickets, policies, requests. */
@Module({})
export class UmaModule {
  static with(options: UmaOptions): DynamicModule {
    return {
      module: UmaModule,
      global: true,
      imports: [AuthorizationsModule],
      providers: [{ provide: UMA_OPTIONS, useValue: options }, ...SERVICES],
      exports: [UMA_OPTIONS, ...SERVICES],
    };
  }
}
