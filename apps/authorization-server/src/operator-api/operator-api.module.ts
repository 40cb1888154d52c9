import { Module } from '@nestjs/common';
import { OwnerWayInModule } from '../owner-api/owner-way-in.module.js';
import { JobDesk } from './jobs/job-desk.service.js';
import { JobsController } from './jobs/jobs.controller.js';
import { OperatorsModule } from './operators.module.js';

/** What an operator may do by the console. */
@Module({
  imports: [OwnerWayInModule, OperatorsModule],
  controllers: [JobsController],
  providers: [JobDesk],
})
export class OperatorApiModule {}
