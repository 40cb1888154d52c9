import { Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { OutcomeNotice } from '@valetkey/uma';
import { AccessRequestStore, RequestNoticeStore } from '@valetkey/uma';
import { NoticeSender } from './notice-sender.service.js';
import { RequestMails } from './request-mails.service.js';

const AT_A_TIME = 50;
/** Longer than a relay may take, so that no other server sends the same meanwhile. */
const TRY_AGAIN_AFTER = 300_000;

/** Requesting parties hear what became of their requests, where they wished to: at least once, whenever a server ends. */
@Injectable()
export class OutcomeNotices {
  constructor(
    private readonly notices: RequestNoticeStore,
    private readonly requests: AccessRequestStore,
    private readonly mails: RequestMails,
    private readonly sender: NoticeSender,
    private readonly clock: Clock,
  ) {}

  async sendDue(stopping: AbortSignal): Promise<void> {
    for (const notice of await this.notices.dueOutcomes(this.clock.now(), AT_A_TIME)) {
      if (stopping.aborted) return;
      const now = this.clock.now();
      if (await this.notices.takeOutcome(notice, { now, again: now + TRY_AGAIN_AFTER })) await this.tell(notice);
    }
  }

  private async tell(notice: OutcomeNotice): Promise<void> {
    const request = await this.requests.find(notice.requestId);
    const isDone =
      !request || (await this.sender.send(notice.accountId, (person) => this.mails.outcome(person, request)));
    if (isDone) await this.notices.outcomeTold(notice);
  }
}
