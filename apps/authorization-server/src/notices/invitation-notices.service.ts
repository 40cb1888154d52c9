import { Injectable } from '@nestjs/common';
import { Clock, issueOpaque } from '@valetkey/kernel';
import type { Invitation } from '@valetkey/uma';
import { InvitationMailStore } from '@valetkey/uma';
import { RequestRates } from '../http/request-rates.service.js';
import { Offers } from '../invitations/offers.service.js';
import { InvitationMails } from './invitation-mails.service.js';

const AT_A_TIME = 50;
/** Longer than a relay may take, so that no other server sends the same meanwhile. */
const TRY_AGAIN_AFTER = 300_000;
/** Of one that offers nothing at present: its owner rests, or nobody may be invited now. */
const LOOK_AGAIN_AFTER = 3_600_000;

/**
 * Sends the mails of invitations, after they were written down and until somebody took them. The link is made here and handed to the
 * mail alone: neither the database nor a log ever has it.
 */
@Injectable()
export class InvitationNotices {
  constructor(
    private readonly store: InvitationMailStore,
    private readonly offers: Offers,
    private readonly mails: InvitationMails,
    private readonly rates: RequestRates,
    private readonly clock: Clock,
  ) {}

  async sendDue(stopping: AbortSignal): Promise<void> {
    for (const invitation of await this.store.due(this.clock.now(), AT_A_TIME)) {
      if (stopping.aborted) return;
      await this.send(invitation);
    }
  }

  private async send(invitation: Invitation): Promise<void> {
    const now = this.clock.now();
    const offer = await this.offers.of(invitation);
    if (!offer) return this.store.postpone(invitation, now + LOOK_AGAIN_AFTER);
    const { value, key } = issueOpaque('il', now);
    if (!(await this.store.take(invitation, key, { now, again: now + TRY_AGAIN_AFTER }))) return;
    const until = await this.rates.mailTo(invitation.address);
    if (until !== undefined) return this.store.postpone(invitation, until);
    if (await this.mails.send(offer, value)) await this.store.mailed(invitation, key, this.clock.now());
  }
}
