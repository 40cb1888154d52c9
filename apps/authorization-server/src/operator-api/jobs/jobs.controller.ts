import { Controller, Get, UseGuards } from '@nestjs/common';
import type { JobState } from '@valetkey/jobs';
import type { JobRow, ListAnswer } from '@valetkey/operator-contract';
import { OperatorGuard } from '../operator.guard.js';
import { JobDesk } from './job-desk.service.js';

/** {issuer}/operator-api/jobs: the recurring work of the process that answers. */
@Controller('operator-api/jobs')
@UseGuards(OperatorGuard)
export class JobsController {
  constructor(private readonly desk: JobDesk) {}

  @Get()
  list(): ListAnswer<JobRow> {
    return { items: (this.desk.runner?.states() ?? []).map(rowOf) };
  }
}

function rowOf({ name, every, runningSince, last, next }: JobState): JobRow {
  return {
    id: name,
    every_seconds: every / 1000,
    ...(runningSince !== undefined && { running_since: iso(runningSince) }),
    ...(next !== undefined && { next_at: iso(next) }),
    ...(last && {
      last: {
        at: iso(last.at),
        lasted_ms: Math.round(last.lasted),
        outcome: last.error === undefined ? 'done' : 'failed',
      },
    }),
  };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
