import type { ListAnswer } from '@valetkey/owner-contract';

/**
 * Kinds of tokens that the server has a row of: access tokens, access tokens to the protection API, requesting party tokens, refresh tokens,
 * persisted claims tokens. Access tokens that resource servers read by themselves (JWT) have none.
 */
export type TokenCountKind = 'access' | 'protection' | 'rpt' | 'refresh' | 'pct';

/** One of GET /operator-api/tokens: an application that has living tokens. */
export interface ClientTokens {
  readonly client_id: string;
  /** Absent for one that is not there any more. */
  readonly client_name?: string;
  readonly counts: Readonly<Record<TokenCountKind, number>>;
  readonly total: number;
}

/** What the token endpoint of one process answered. */
export interface TokenRate {
  readonly issued: number;
  /** Refused, or told to wait or to bring more. */
  readonly refused: number;
  /** Faults of the server. */
  readonly failed: number;
}

export interface TokensAnswer extends ListAnswer<ClientTokens> {
  /** ISO instant. */
  readonly counted_at: string;
  /** False: there are more than are counted at a time; those that end first were counted. */
  readonly is_complete: boolean;
  readonly rates: {
    readonly last_minute: TokenRate;
    readonly last_hour: TokenRate;
    /** By minute, oldest first, the present one last. */
    readonly minutes: readonly TokenRate[];
  };
}
