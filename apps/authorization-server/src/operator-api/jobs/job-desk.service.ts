import { Injectable } from '@nestjs/common';
import type { InProcessJobRunner } from '@valetkey/jobs';

/** Where the operator's console finds the jobs of this process; a command, which serves nobody, has none. */
@Injectable()
export class JobDesk {
  runner: Pick<InProcessJobRunner, 'states' | 'queues' | 'runNow'> | undefined;
}
