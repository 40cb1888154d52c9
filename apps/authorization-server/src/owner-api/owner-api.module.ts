import { Module } from '@nestjs/common';
import { OAuthModule } from '@valetkey/oauth';
import { HttpModule } from '../http/http.module.js';
import { BrowserModule } from '../interaction/interaction.module.js';
import { AuthorizationAnswers } from './authorization-answers.service.js';
import { AuthorizationsController } from './authorizations.controller.js';
import { ConsoleNames } from './naming/console-names.service.js';
import { OwnerAnswers } from './owner-answers.service.js';
import { OwnerNames } from './owner-names.service.js';
import { PoliciesController } from './policies.controller.js';
import { RequestAnswers } from './request-answers.service.js';
import { RequestsController } from './requests.controller.js';
import { ResourceAnswers } from './resources/resource-answers.service.js';
import { ResourcesController } from './resources/resources.controller.js';
import { SummaryController } from './resources/summary.controller.js';
import { SessionController } from './session.controller.js';
import { OwnSession } from './own-session.service.js';
import { ScopeWordingStore } from './scope-wording.store.js';
import { DescribedScopes } from './wording/described-scopes.service.js';
import { OperatorWording } from './wording/operator-wording.service.js';
import { WordingEditStore } from './wording/wording-edit.store.js';

/** What scopes are called, and who may change that. */
const WORDING = [WordingEditStore, OperatorWording, DescribedScopes];

/** What a resource owner may do, console and bearer clients alike. */
@Module({
  imports: [OAuthModule, HttpModule, BrowserModule],
  controllers: [
    SessionController,
    SummaryController,
    ResourcesController,
    PoliciesController,
    RequestsController,
    AuthorizationsController,
  ],
  providers: [
    OwnSession,
    ConsoleNames,
    ResourceAnswers,
    OwnerNames,
    OwnerAnswers,
    RequestAnswers,
    AuthorizationAnswers,
    ScopeWordingStore,
    ...WORDING,
  ],
  exports: [OwnerNames, ScopeWordingStore, OperatorWording],
})
export class OwnerApiModule {}
