/** One of GET /operator-api/resource-servers. */
export interface ResourceServerRow {
  readonly client_id: string;
  readonly name: string;
  /** Its address. */
  readonly resource: string;
  readonly enabled: boolean;
  /** `unknown`: it has no address for health, or was not asked yet. */
  readonly state: 'answering' | 'silent' | 'unknown';
  /** ISO instant of its last answer; absent where there was none. */
  readonly answered_at?: string;
  /** Registered for all owners; 10000 means so many or more. */
  readonly resources: number;
  readonly protection: {
    /** Owners for whom it can protect things now; 10000 means so many or more. */
    readonly owners: number;
    /** ISO instant at which it last used one of those tokens; absent: never. */
    readonly last_used_at?: string;
  };
}
