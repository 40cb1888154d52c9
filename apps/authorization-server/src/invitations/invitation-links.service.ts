import { Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import { InvitationStore } from '@valetkey/uma';
import type { Offer } from './offers.service.js';
import { Offers } from './offers.service.js';

/** What a link of an invitation leads to. */
@Injectable()
export class InvitationLinks {
  constructor(
    private readonly store: InvitationStore,
    private readonly offers: Offers,
    private readonly clock: Clock,
  ) {}

  /** `undefined` for whatever cannot be accepted now. Uses nothing up: programs look at links in mails. */
  async offerOf(hash: string): Promise<Offer | undefined> {
    const invitation = await this.store.ofLink(hash, this.clock.now());
    return invitation && this.offers.of(invitation);
  }
}
