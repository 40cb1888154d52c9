import { setTimeout as wait } from 'node:timers/promises';
import { Controller, Get, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import { SecurityEvents } from '@valetkey/audit';
import { Clock } from '@valetkey/kernel';
import type { JobState } from '@valetkey/jobs';
import { lateSince } from '@valetkey/jobs';
import { OAuthError } from '@valetkey/oauth';
import type { JobRow, ListAnswer } from '@valetkey/operator-contract';
import type { Actor } from '../operator.guard.js';
import { Operator, OperatorGuard } from '../operator.guard.js';
import { JobDesk } from './job-desk.service.js';

/** Most runs are over by then; of a longer one the answer says that it runs. */
const WAIT_FOR_END = 5_000;

/** {issuer}/operator-api/jobs: the recurring work of the process that answers. */
@Controller('operator-api/jobs')
@UseGuards(OperatorGuard)
export class JobsController {
  constructor(
    private readonly desk: JobDesk,
    private readonly clock: Clock,
    private readonly events: SecurityEvents,
  ) {}

  @Get()
  async list(): Promise<ListAnswer<JobRow>> {
    const queues = await this.desk.runner?.queues();
    return { items: this.states().map((state) => this.rowOf(state, queues?.get(state.name))) };
  }

  /** Runs it now, or joins the run under way. What was asked for is answered when it has ended, or some seconds later. */
  @Post(':id/run')
  @HttpCode(200)
  async run(@Operator() { accountId }: Actor, @Param('id') id: string): Promise<JobRow> {
    const { runner } = this.desk;
    if (!runner || !this.states().some(({ name }) => name === id)) throw new OAuthError('not_found', 'not_found');
    this.events.record({ event: 'job_run_by_operator', reason: id, accountId });
    await Promise.race([runner.runNow(id), wait(WAIT_FOR_END, undefined, { ref: false })]);
    const state = this.states().find(({ name }) => name === id);
    if (!state) throw new OAuthError('not_found', 'not_found');
    return this.rowOf(state, (await runner.queues()).get(id));
  }

  private states(): readonly JobState[] {
    return this.desk.runner?.states() ?? [];
  }

  private rowOf(state: JobState, waiting: number | undefined): JobRow {
    const { name, every, runningSince, last, next, failing } = state;
    const late = lateSince(state, this.clock.now());
    return {
      id: name,
      every_seconds: every / 1000,
      ...(runningSince !== undefined && { running_since: iso(runningSince) }),
      ...(next !== undefined && { next_at: iso(next) }),
      ...(late !== undefined && { late_since: iso(late) }),
      ...(failing && { failing: failingOf(failing) }),
      ...(waiting !== undefined && { waiting }),
      ...(last && { last: lastOf(last) }),
    };
  }
}

function lastOf({ at, lasted, error }: NonNullable<JobState['last']>): NonNullable<JobRow['last']> {
  return { at: iso(at), lasted_ms: Math.round(lasted), outcome: error === undefined ? 'done' : 'failed' };
}

function failingOf({ since, times, errorClass, reference }: NonNullable<JobState['failing']>) {
  return { since: iso(since), times, error: errorClass, reference };
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
