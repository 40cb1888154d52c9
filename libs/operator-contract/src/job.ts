/** One of GET /operator-api/jobs: recurring work of the process that answered. */
export interface JobRow {
  /** Its name, such as `expire`. */
  readonly id: string;
  readonly every_seconds: number;
  /** ISO instant; absent while it does not run. */
  readonly running_since?: string;
  /** ISO instant; absent while it runs. */
  readonly next_at?: string;
  /** ISO instant at which it should have begun; absent unless that is more than its interval ago. */
  readonly late_since?: string;
  /** Absent while its last run succeeded. */
  readonly failing?: {
    /** ISO instant of the first run that failed, of those that failed one after the other. */
    readonly since: string;
    readonly times: number;
    /** What kind of error the last one was; the rest is in the log alone. */
    readonly error: 'database' | 'network' | 'internal';
    /** Of the line “job failed” of the log that says the rest. */
    readonly reference: string;
  };
  /** What waits to be done by it, in all processes; absent where nothing can wait. 1000 means so many or more. */
  readonly waiting?: number;
  /** Absent before its first run of this process has ended. */
  readonly last?: {
    /** ISO instant of the beginning. */
    readonly at: string;
    readonly lasted_ms: number;
    readonly outcome: 'done' | 'failed';
  };
}
