import { Injectable } from '@nestjs/common';
import { InvitationNotices } from './invitation-notices.service.js';
import { OutcomeNotices } from './outcome-notices.service.js';
import { OwnerNotices } from './owner-notices.service.js';
import { SecurityNotices } from './security-notices.service.js';

/** The job that sends messages to people. Several servers may run it at once: each message is taken by one. */
@Injectable()
export class DueNotices {
  constructor(
    private readonly security: SecurityNotices,
    private readonly owners: OwnerNotices,
    private readonly outcomes: OutcomeNotices,
    private readonly invitations: InvitationNotices,
  ) {}

  async sendDue(stopping: AbortSignal): Promise<void> {
    await this.security.sendDue(stopping);
    await this.owners.sendDue(stopping);
    await this.outcomes.sendDue(stopping);
    await this.invitations.sendDue(stopping);
  }
}
