/** One of GET /operator-api/jobs: recurring work of the process that answered. */
export interface JobRow {
  /** Its name, such as `expire`. */
  readonly id: string;
  readonly every_seconds: number;
  /** ISO instant; absent while it does not run. */
  readonly running_since?: string;
  /** ISO instant; absent while it runs. */
  readonly next_at?: string;
  /** Absent before its first run of this process has ended. */
  readonly last?: {
    /** ISO instant of the beginning. */
    readonly at: string;
    readonly lasted_ms: number;
    readonly outcome: 'done' | 'failed';
  };
}
