import { Module } from '@nestjs/common';
import { HealthModule } from '../health/health.module.js';
import { OwnerWayInModule } from '../owner-api/owner-way-in.module.js';
import { JobDesk } from './jobs/job-desk.service.js';
import { JobsController } from './jobs/jobs.controller.js';
import { OperatorsModule } from './operators.module.js';
import { TokenCensus } from './tokens/token-census.service.js';
import { TokensController } from './tokens/tokens.controller.js';

/** What an operator may do by the console. */
@Module({
  imports: [OwnerWayInModule, OperatorsModule, HealthModule],
  controllers: [JobsController, TokensController],
  providers: [JobDesk, TokenCensus],
})
export class OperatorApiModule {}
