import type { Duration } from '@valetkey/kernel';

/** Work that runs by itself. Defined once; which runner runs it depends on the deployment. */
export interface JobDefinition {
  readonly name: string;
  readonly every: Duration;
  /**
   * Must be safe to run twice at once and to be killed in the middle.
   * @param stopping - aborted when the process is about to end: finish the step at hand
   */
  run(stopping: AbortSignal): Promise<void>;
}

/** What happened in one run, for logs and metrics. */
export interface JobReport {
  readonly name: string;
  readonly lasted: Duration;
  readonly error?: unknown;
}

/**
 * Runs jobs inside the process: each at its interval, never twice at once, and a failure is reported and tried again at the
 * next interval.
 */
export class InProcessJobRunner {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly running = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly jobs: readonly JobDefinition[],
    private readonly report: (report: JobReport) => void,
  ) {}

  start(): void {
    for (const job of this.jobs) this.schedule(job);
  }

  /** Starts no more runs and waits for those under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.all(this.running.values());
  }

  /** Runs one job now, or joins the run under way. @throws Error for an unknown name */
  async runNow(name: string): Promise<void> {
    const job = this.jobs.find((one) => one.name === name);
    if (!job) throw new Error(`no job is called ${name}`);
    await this.runOnce(job);
  }

  private schedule(job: JobDefinition): void {
    if (this.stopping.signal.aborted) return;
    const timer = setTimeout(() => void this.runOnce(job).then(() => this.schedule(job)), job.every);
    timer.unref();
    this.timers.set(job.name, timer);
  }

  private runOnce(job: JobDefinition): Promise<void> {
    const present = this.running.get(job.name);
    if (present) return present;
    const run = this.runAndReport(job).finally(() => this.running.delete(job.name));
    this.running.set(job.name, run);
    return run;
  }

  private async runAndReport(job: JobDefinition): Promise<void> {
    const began = performance.now();
    try {
      await job.run(this.stopping.signal);
      this.report({ name: job.name, lasted: performance.now() - began });
    } catch (error) {
      this.report({ name: job.name, lasted: performance.now() - began, error });
    }
  }
}
