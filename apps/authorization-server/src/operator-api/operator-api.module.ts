import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { AuthorizeModule } from '../authorization-api/authorize/authorize.module.js';
import { RegistrationModule } from '../authorization-api/registration/registration.module.js';
import { ConsoleModule } from '../console/console.module.js';
import { OwnerWayInModule } from '../owner-api/owner-way-in.module.js';
import { ClientAnswers } from './clients/client-answers.service.js';
import { ClientPreviewRoutes } from './clients/client-preview.routes.js';
import { ClientPreviewsController } from './clients/client-previews.controller.js';
import { ClientsController } from './clients/clients.controller.js';
import { OperatedClients, OperatedClientStores } from './clients/operated-clients.service.js';
import { JobDesk } from './jobs/job-desk.service.js';
import { JobsController } from './jobs/jobs.controller.js';
import { WordingModule } from '../owner-api/wording/wording.module.js';
import { OperatorsModule } from './operators.module.js';
import { ResourceServersController } from './servers/resource-servers.controller.js';
import { TokenCensus } from './tokens/token-census.service.js';
import { TokensController } from './tokens/tokens.controller.js';
import { WordingList } from './wording/wording-list.service.js';
import { WordingController } from './wording/wording.controller.js';

/** What an operator may do by the console. */
@Module({
  imports: [
    OwnerWayInModule,
    OperatorsModule,
    HealthModule,
    WordingModule,
    RegistrationModule,
    AuthorizeModule,
    ConsoleModule,
  ],
  controllers: [
    JobsController,
    TokensController,
    ResourceServersController,
    WordingController,
    ClientsController,
    ClientPreviewsController,
  ],
  providers: [
    JobDesk,
    TokenCensus,
    WordingList,
    ClientAnswers,
    ClientPreviewRoutes,
    OperatedClients,
    OperatedClientStores,
  ],
})
export class OperatorApiModule {}
