export type LogLevel = 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';

export interface LogConfig {
  readonly level: LogLevel;
  /** Which requests get a line of their own. */
  readonly requests: 'all' | 'errors' | 'none';
}

export interface JobsConfig {
  /** Milliseconds between two runs of the expiry job. */
  readonly expireEvery: number;
  /** Rows removed in one statement. */
  readonly expireBatch: number;
  /** Milliseconds authorizations stay after they ended. */
  readonly keepEnded: number;
  readonly keepActivity: number;
  /** Milliseconds between two looks at the age of the signing keys. */
  readonly rotateCheckEvery: number;
  /** Milliseconds between two looks for notices that are due. */
  readonly notifyEvery: number;
  /** Milliseconds between two questions to resource servers whether they are there. */
  readonly healthEvery: number;
}
