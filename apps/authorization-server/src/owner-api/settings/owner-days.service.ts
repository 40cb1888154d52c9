import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import { endOfDay, lastDayOf } from '@valetkey/wording';
import { accountOf } from '../subjects/subject-handle.js';
import { OwnerZones } from './owner-zones.store.js';

/** Access ends soon that ends on one of so many days after today, wherever it is listed. */
const SOON_DAYS = 7;
const UTC = 'UTC';

export interface Moments {
  readonly now: Instant;
  /** What ends until then, itself included, ends soon. */
  readonly endingBy: Instant;
}

/** When days of an owner end. */
@Injectable()
export class OwnerDays {
  constructor(
    private readonly zones: OwnerZones,
    private readonly clock: Clock,
  ) {}

  /** In days of UTC where nobody knows hers. */
  async momentsOf(owner: OwnerId): Promise<Moments> {
    const accountId = accountOf(owner);
    const zone = accountId === undefined ? undefined : await this.zones.ofOne(accountId);
    return momentsIn(zone ?? UTC, this.clock.now());
  }
}

/** A row that reads "in 7 days" ends soon: days are those of the calendar, as its sentence counts them. */
export function momentsIn(zone: string, now: Instant): Moments {
  return { now, endingBy: endOfDay(lastDayOf(SOON_DAYS, now, zone), zone) };
}
