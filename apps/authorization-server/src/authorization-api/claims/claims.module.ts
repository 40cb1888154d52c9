import { Module } from '@nestjs/common';
import { AccountsModule } from '@valetkey/accounts';
import { FederationModule } from '@valetkey/federation';
import { UmaTicketGrantModule } from '@valetkey/grants';
import { BrowserModule } from '../../interaction/interaction.module.js';
import { OwnerApiModule } from '../../owner-api/owner-api.module.js';
import { ClaimsAnswers } from './claims-answers.service.js';
import { ClaimsArrival } from './claims-arrival.service.js';
import { ClaimsCompletion } from './claims-completion.service.js';
import { ClaimsEndpoint } from './claims-endpoint.service.js';
import { ClaimsInteraction } from './claims.interaction.js';
import { ClaimsPage } from './claims-page.service.js';
import { ClaimsRoutes } from './claims.routes.js';
import { ClaimsStand } from './claims-stand.service.js';
import { PartyRequests } from './party-requests.service.js';
import { ProcessNames } from './process-names.service.js';
import { RequestPageInteraction } from './request-page.interaction.js';
import { SignedInParty } from './signed-in-party.service.js';
import { WaitingPage } from './waiting-page.service.js';

/** Claims that requesting parties give at a browser. */
@Module({
  imports: [AccountsModule, BrowserModule, FederationModule, OwnerApiModule, UmaTicketGrantModule],
  providers: [
    ClaimsAnswers,
    ClaimsArrival,
    ClaimsCompletion,
    ClaimsEndpoint,
    ClaimsInteraction,
    ClaimsPage,
    ClaimsRoutes,
    ClaimsStand,
    PartyRequests,
    ProcessNames,
    RequestPageInteraction,
    SignedInParty,
    WaitingPage,
  ],
  exports: [ClaimsInteraction, ClaimsRoutes, ProcessNames, RequestPageInteraction],
})
export class ClaimsModule {}
