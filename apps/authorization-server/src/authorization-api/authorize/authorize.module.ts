import { Module } from '@nestjs/common';
import { BrowserModule } from '../../interaction/interaction.module.js';
import { OwnerApiModule } from '../../owner-api/owner-api.module.js';
import { AuthorizationCompletion, RequestEnds } from './authorization-completion.service.js';
import { AuthorizationEndpoint } from './authorization-endpoint.service.js';
import { AuthorizationSteps } from './authorization-steps.service.js';
import { AuthorizationInteraction } from './authorization.interaction.js';
import { AuthorizeRoutes } from './authorize.routes.js';
import { ConsentedCodes } from './consented-codes.service.js';
import { ApplicationStanding } from '../application-standing.service.js';
import { AskedSentences } from '../asked-sentences.service.js';
import { GivenConsents } from '../given-consents.service.js';
import { ConsentForm } from './consent-form.service.js';
import { ConsentOffers } from './consent-offers.service.js';
import { ConsentPage } from './consent-page.service.js';
import { StandingRequests } from './standing-requests.service.js';

/** The authorization endpoint. */
@Module({
  imports: [BrowserModule, OwnerApiModule],
  providers: [
    AuthorizationCompletion,
    RequestEnds,
    AuthorizationEndpoint,
    AuthorizationInteraction,
    AuthorizationSteps,
    AuthorizeRoutes,
    ConsentedCodes,
    ApplicationStanding,
    AskedSentences,
    ConsentForm,
    ConsentOffers,
    ConsentPage,
    GivenConsents,
    StandingRequests,
  ],
  exports: [AuthorizationInteraction, AuthorizeRoutes, ConsentPage],
})
export class AuthorizeModule {}
