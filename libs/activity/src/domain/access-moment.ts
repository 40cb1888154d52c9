import type { Instant } from '@valetkey/kernel';
import type { ActivityResource } from './activity-line.js';

/** Somebody's use of an access, or a try that was refused. */
interface AccessMoment {
  readonly owner: string;
  /** Handle of whoever holds the access. */
  readonly holder: string;
  /** As a trusted source called the holder. */
  readonly holderName?: string;
  readonly clientId: string;
  /** What it was about; absent: the owner herself. */
  readonly resource?: ActivityResource;
  readonly scopes: readonly string[];
  readonly at: Instant;
}

export interface Use extends AccessMoment {
  /** The access that allowed it: `share:<policy id>` or `grant:<authorization id>`. */
  readonly accessIds: readonly string[];
}

export type Refusal = AccessMoment;

/** By whom, through which application an access was used, and when. */
export interface SeenUse {
  readonly accessId: string;
  readonly clientId: string;
  /** Handle of whoever used it. */
  readonly holder: string;
  readonly firstUsedAt: Instant;
  readonly lastUsedAt: Instant;
}

/** What somebody was refused last. */
export interface LastRefusal {
  readonly holder: string;
  readonly clientId: string;
  readonly resourceId: string;
  readonly scopes: readonly string[];
  readonly at: Instant;
}
