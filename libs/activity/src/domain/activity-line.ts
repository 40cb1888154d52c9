import type { Instant } from '@valetkey/kernel';
import { encodeTime } from '@valetkey/kernel';
import type { ActivityKind } from '@valetkey/owner-contract';

/** A resource as it was called when something happened to it. */
export interface ActivityResource {
  readonly id: string;
  /** The name that its service gave it; absent where it gave none. */
  readonly name?: string;
  /** The service that keeps it. */
  readonly serverId?: string;
}

/** One thing that happened to what an owner owns. Holders and actors are handles of the owner API, such as `account:<id>`. */
export interface ActivityLine {
  /** `account:<id>` or `client:<id>`. */
  readonly owner: string;
  readonly at: Instant;
  readonly kind: ActivityKind;
  /** Who did it; absent: it happened by itself. */
  readonly actor?: string;
  readonly holder?: string;
  /** As the holder was called then, where a trusted source said it: kept when the holder is gone. */
  readonly holderName?: string;
  /** The application through which it happened, or may happen alone. */
  readonly clientId?: string;
  readonly resources?: readonly ActivityResource[];
  readonly scopes?: readonly string[];
  /** When what was given ends; absent: no end, or nothing was given. */
  readonly endsAt?: Instant;
  /** The address that an invitation went to. */
  readonly invited?: string;
  /** `share:<policy id>` or `grant:<authorization id>`. */
  readonly accessId?: string;
  readonly requestId?: string;
  readonly reference?: string;
}

/** A line as it was kept. Ids grow with time. */
export interface ActivityEntry extends ActivityLine {
  readonly id: string;
  readonly resources: readonly ActivityResource[];
  readonly scopes: readonly string[];
}

/** Which lines a page holds; each condition that is given narrows it. */
export interface ActivityFilter {
  /** From this instant on. */
  readonly from?: Instant;
  /** Before this instant. */
  readonly to?: Instant;
  readonly holder?: string;
  readonly clientId?: string;
  readonly resourceId?: string;
  readonly accessId?: string;
  readonly kind?: ActivityKind;
}

/** The position in time before every line of that instant, and after every line of an earlier one. */
export function positionOf(instant: Instant): string {
  return `e${encodeTime(instant)}`;
}
