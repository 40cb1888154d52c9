import { SecurityEvents } from '@valetkey/audit';
import { InProcessJobRunner, type JobReport } from '@valetkey/jobs';
import { SetClock } from '@valetkey/testing';
import { JobDesk } from './job-desk.service.js';
import { JobsController } from './jobs.controller.js';

class NoEvents extends SecurityEvents {
  record(): void {
    // Nobody looks at them here.
  }
}

describe('P9 a job in trouble', () => {
  it('is told to the operator with its beginning, its length and the class of its error, and how late it is', async () => {
    const clock = new SetClock(0);
    const fail = () => Promise.reject(Object.assign(new Error('10.0.0.1 refused'), { code: 'ECONNREFUSED' }));
    const reports: JobReport[] = [];
    const desk = new JobDesk();
    const runner = new InProcessJobRunner(
      [{ name: 'a', every: 60_000, run: fail }],
      clock,
      (report) => reports.push(report),
      () => '7KD-42Q',
    );
    desk.runner = runner;
    runner.start();
    const controller = new JobsController(desk, clock, new NoEvents());
    clock.time = 180_000;
    const row = await controller.run({ accountId: 'oscar' }, 'a');
    await runner.stop();
    expect(row).toMatchObject({
      late_since: '1970-01-01T00:01:00.000Z',
      failing: { since: '1970-01-01T00:03:00.000Z', times: 1, error: 'network', reference: '7KD-42Q' },
      last: { outcome: 'failed' },
    });
    // What the line of the log has, too.
    expect(reports).toMatchObject([{ name: 'a', reference: '7KD-42Q' }]);
    expect(JSON.stringify(row)).not.toContain('10.0.0.1');
  });
});
