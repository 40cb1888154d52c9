import { Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { OutcomeNotice } from '@valetkey/uma';
import { AccessRequestStore, RequestNoticeStore } from '@valetkey/uma';
import { NoticeSender } from './notice-sender.service.js';
import { RequestMails } from './request-mails.service.js';

const AT_A_TIME = 50;
const TRY_AGAIN_AFTER = 300_000;

/** Requesting parties hear what became of their requests, where they wished to. */
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
      if (await this.notices.takeOutcome(notice)) await this.tell(notice);
    }
  }

  private async tell(notice: OutcomeNotice): Promise<void> {
    const request = await this.requests.find(notice.requestId);
    if (!request) return;
    const isDone = await this.sender.send(notice.accountId, (person) => this.mails.outcome(person, request));
    if (!isDone) await this.notices.giveBackOutcome(notice, this.clock.now() + TRY_AGAIN_AFTER);
  }
}
