import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { Reason } from '@valetkey/oauth';
import type { Policy } from '@valetkey/uma';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';

const DAY = 86_400_000;

interface Window<Until> {
  readonly from?: string | undefined;
  readonly until: Until;
}

/** Checks how long an owner gives something against how long the operator lets her. */
@Injectable()
export class SharingWindow {
  constructor(
    @Inject(CONFIG) private readonly config: Pick<Config, 'sharing'>,
    private readonly clock: Clock,
  ) {}

  /**
   * @param malformed - what to say of an end that has passed
   * @throws OAuthError invalid_request for an end that is missing, past or too late
   */
  of({ from, until }: Window<string | null>, malformed: Reason): Pick<Policy, 'notBefore' | 'expiresAt'> {
    if (until !== null) return this.withEnd({ from, until }, malformed);
    if (!this.config.sharing.noEnd) throw new OAuthError('invalid_request', 'end_needed');
    return { notBefore: this.beginning(from), expiresAt: null };
  }

  /** As {@link of}, of what always ends. */
  withEnd({ from, until }: Window<string>, malformed: Reason): { notBefore: Instant | null; expiresAt: Instant } {
    const [notBefore, expiresAt] = [this.beginning(from), Date.parse(until)];
    const begins = notBefore ?? this.clock.now();
    if (expiresAt <= begins) throw new OAuthError('invalid_request', malformed);
    const { longestDays } = this.config.sharing;
    // The last day is included, and it ends at midnight wherever she is.
    if (expiresAt - begins > (longestDays + 1) * DAY) throw new OAuthError('invalid_request', 'too_long');
    return { notBefore, expiresAt };
  }

  /**
   * As {@link of}, for clients of the API: they may leave the end away, and get the latest there is. A beginning that has passed
   * is kept as they wrote it.
   * @throws OAuthError invalid_request for an end that is past or too late
   */
  bounded({ from, until }: Window<string | null>, malformed: Reason): Pick<Policy, 'notBefore' | 'expiresAt'> {
    const notBefore = from === undefined ? null : Date.parse(from);
    if (until !== null || this.config.sharing.noEnd) return { ...this.of({ from, until }, malformed), notBefore };
    const begins = this.beginning(from) ?? this.clock.now();
    return { notBefore, expiresAt: begins + this.config.sharing.longestDays * DAY };
  }

  private beginning(from: string | undefined): Instant | null {
    const now = this.clock.now();
    const begins = from === undefined ? now : Date.parse(from);
    if (begins > now + (this.config.sharing.longestDays + 1) * DAY) throw new OAuthError('invalid_request', 'too_long');
    return begins <= now ? null : begins;
  }
}
