import type { Clock, Duration, Instant } from '@valetkey/kernel';
import type { ErrorClass } from './error-class.js';
import { errorClassOf } from './error-class.js';

/** Work that runs by itself. Defined once; which runner runs it depends on the deployment. */
export interface JobDefinition {
  readonly name: string;
  readonly every: Duration;
  /**
   * Must be safe to run twice at once and to be killed in the middle.
   * @param stopping - aborted when the process is about to end: finish the step at hand
   */
  run(stopping: AbortSignal): Promise<void>;
  /** How much waits to be done by it; absent where nothing can wait. Counted to a bound, so that a long queue costs no more. */
  waiting?(): Promise<number>;
}

/** What happened in one run, for logs and metrics. */
export interface JobReport {
  readonly name: string;
  readonly lasted: Duration;
  readonly error?: unknown;
  /** Of a run that failed: leads from what an operator sees to the line of the log. */
  readonly reference?: string;
}

/** One job as it stands in this process. Instants are milliseconds since 1970. */
export interface JobState {
  readonly name: string;
  readonly every: Duration;
  /** Absent while it does not run. */
  readonly runningSince?: Instant;
  /** Absent before its first run has ended. */
  readonly last?: { readonly at: Instant; readonly lasted: Duration; readonly error?: unknown };
  /** Absent while it runs. */
  readonly next?: Instant;
  /** Absent while its last run succeeded. */
  readonly failing?: Failing;
}

/** A job whose runs fail, one after the other. */
export interface Failing {
  /** Beginning of the first run that failed. */
  readonly since: Instant;
  readonly times: number;
  /** Of the last error. */
  readonly errorClass: ErrorClass;
  /** Of the last run, as in its report. */
  readonly reference: string;
}

/**
 * Runs jobs inside the process: each at its interval, never twice at once, and a failure is reported and tried again at the
 * next interval.
 */
export class InProcessJobRunner {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly running = new Map<string, { readonly run: Promise<void>; readonly since: Instant }>();
  private readonly last = new Map<string, NonNullable<JobState['last']>>();
  private readonly next = new Map<string, Instant>();
  private readonly failing = new Map<string, Failing>();
  private readonly stopping = new AbortController();

  constructor(
    private readonly jobs: readonly JobDefinition[],
    private readonly clock: Clock,
    private readonly report: (report: JobReport) => void,
    private readonly newReference: () => string,
  ) {}

  start(): void {
    for (const job of this.jobs) this.schedule(job);
  }

  /** Starts no more runs and waits for those under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.all([...this.running.values()].map(({ run }) => run));
  }

  /** Runs one job now, or joins the run under way. @throws Error for an unknown name */
  async runNow(name: string): Promise<void> {
    const job = this.jobs.find((one) => one.name === name);
    if (!job) throw new Error(`no job is called ${name}`);
    await this.runOnce(job);
  }

  /** All jobs in the order of their list, as they stand now. */
  states(): readonly JobState[] {
    return this.jobs.map(({ name, every }) => {
      const [running, last, next] = [this.running.get(name), this.last.get(name), this.next.get(name)];
      const failing = this.failing.get(name);
      return {
        name,
        every,
        ...(last && { last }),
        ...(failing && { failing }),
        ...(running ? { runningSince: running.since } : next !== undefined && { next }),
      };
    });
  }

  /**
   * How much waits for each job that has a queue, by its name. One that cannot be counted is left out: whoever looks wants to see
   * the rest then, most of all.
   */
  async queues(): Promise<ReadonlyMap<string, number>> {
    const counted = new Map<string, number>();
    for (const { name, waiting } of this.jobs) {
      const count = await waiting?.().catch(() => undefined);
      if (count !== undefined) counted.set(name, count);
    }
    return counted;
  }

  private schedule(job: JobDefinition): void {
    if (this.stopping.signal.aborted) return;
    this.next.set(job.name, this.clock.now() + job.every);
    const timer = setTimeout(() => void this.runOnce(job).then(() => this.schedule(job)), job.every);
    timer.unref();
    this.timers.set(job.name, timer);
  }

  private runOnce(job: JobDefinition): Promise<void> {
    const present = this.running.get(job.name);
    if (present) return present.run;
    const run = this.runAndReport(job).finally(() => this.running.delete(job.name));
    this.running.set(job.name, { run, since: this.clock.now() });
    return run;
  }

  private async runAndReport(job: JobDefinition): Promise<void> {
    const [at, began] = [this.clock.now(), performance.now()];
    const failure = await job.run(this.stopping.signal).then(
      () => undefined,
      (error: unknown) => ({ error, reference: this.newReference() }),
    );
    const lasted = performance.now() - began;
    this.last.set(job.name, { at, lasted, ...(failure && { error: failure.error }) });
    this.noteOutcome(job.name, at, failure);
    this.report({ name: job.name, lasted, ...failure });
  }

  private noteOutcome(
    name: string,
    at: Instant,
    failure: { readonly error: unknown; readonly reference: string } | undefined,
  ): void {
    if (!failure) return void this.failing.delete(name);
    const { since = at, times = 0 } = this.failing.get(name) ?? {};
    this.failing.set(name, {
      since,
      times: times + 1,
      errorClass: errorClassOf(failure.error),
      reference: failure.reference,
    });
  }
}
