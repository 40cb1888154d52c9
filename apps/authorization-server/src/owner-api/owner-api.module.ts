import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AccountsModule } from '@valetkey/accounts';
import { FederationModule } from '@valetkey/federation';
import { OAuthModule } from '@valetkey/oauth';
import { OperatorsModule } from '../operator-api/operators.module.js';
import { AccessModule } from './access/access.module.js';
import { AuthorizationAnswers } from './authorization-answers.service.js';
import { AuthorizationsController } from './authorizations.controller.js';
import { NamingModule } from './naming/naming.module.js';
import { ApplicationsController } from './directory/applications.controller.js';
import { CurrentAccess } from './directory/current-access.service.js';
import { DirectoryController } from './directory/directory.controller.js';
import { Directory } from './directory/directory.service.js';
import { NamedHoldersModule } from './directory/named-holders.module.js';
import { EventsController } from './events/events.controller.js';
import { OwnerEvents } from './events/owner-events.service.js';
import { HandoverPlans } from './handovers/handover-plans.service.js';
import { HandoversController } from './handovers/handovers.controller.js';
import { InvitationsController } from './invitations/invitations.controller.js';
import { InvitationTerms } from './invitations/invitation-terms.service.js';
import { ChangesOnce } from './once/changes-once.service.js';
import { KeptAnswerStore } from './once/kept-answer.store.js';
import { OnceInterceptor } from './once/once.interceptor.js';
import { OwnerAnswers } from './owner-answers.service.js';
import { OwnerNames } from './owner-names.service.js';
import { OwnerWayInModule } from './owner-way-in.module.js';
import { PoliciesController } from './policies.controller.js';
import { ApprovalTerms } from './requests/approval-terms.service.js';
import { RequestAnswers } from './requests/request-answers.service.js';
import { EndedGifts } from './requests/ended-gifts.service.js';
import { RequestContexts } from './requests/request-contexts.service.js';
import { RequestViews } from './requests/request-views.service.js';
import { RequestsController } from './requests/requests.controller.js';
import { ResourceAnswers } from './resources/resource-answers.service.js';
import { ResourcesController } from './resources/resources.controller.js';
import { SummaryController } from './resources/summary.controller.js';
import { Received } from './received/received.service.js';
import { ReceivedShares } from './received/received-shares.service.js';
import { ReceivedController } from './received/received.controller.js';
import { OwnerSettingsStore } from './settings/owner-settings.store.js';
import { SessionsController } from './settings/sessions.controller.js';
import { OwnerZonesModule } from './settings/owner-zones.module.js';
import { SettingsController } from './settings/settings.controller.js';
import { SessionController } from './session.controller.js';

/** Whom owners share with, and what they are called. */
const DIRECTORY = [Directory, CurrentAccess];

/** Changes that are sent again are made once. */
const ONCE = [KeptAnswerStore, ChangesOnce, { provide: APP_INTERCEPTOR, useClass: OnceInterceptor }];

/** What a resource owner may do, console and bearer clients alike. */
@Module({
  imports: [
    OAuthModule,
    OwnerWayInModule,
    NamingModule,
    AccessModule,
    NamedHoldersModule,
    OwnerZonesModule,
    OperatorsModule,
    AccountsModule,
    FederationModule,
  ],
  controllers: [
    SessionController,
    EventsController,
    SummaryController,
    DirectoryController,
    ApplicationsController,
    ResourcesController,
    HandoversController,
    InvitationsController,
    ReceivedController,
    SettingsController,
    SessionsController,
    PoliciesController,
    RequestsController,
    AuthorizationsController,
  ],
  providers: [
    ResourceAnswers,
    OwnerNames,
    OwnerAnswers,
    HandoverPlans,
    InvitationTerms,
    Received,
    ReceivedShares,
    OwnerSettingsStore,
    RequestContexts,
    RequestViews,
    EndedGifts,
    RequestAnswers,
    ApprovalTerms,
    AuthorizationAnswers,
    OwnerEvents,
    ...DIRECTORY,
    ...ONCE,
  ],
  exports: [OwnerNames, NamingModule],
})
export class OwnerApiModule {}
