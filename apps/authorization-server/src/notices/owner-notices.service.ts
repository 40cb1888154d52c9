import { Inject, Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { AccessRequest } from '@valetkey/uma';
import { AccessRequestStore, RequestNoticeStore } from '@valetkey/uma';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { NoticeSender } from './notice-sender.service.js';
import { RequestMails } from './request-mails.service.js';

const OWNERS_AT_A_TIME = 50;
const LINES = 20;
/** As many as an owner can have waiting by default; the rest is in the next message. */
const MOST_IN_ONE = 1000;
const TRY_AGAIN_AFTER = 300_000;

/** Owners hear that somebody waits: at once, then not again for the configured time; what comes meanwhile is gathered. */
@Injectable()
export class OwnerNotices {
  constructor(
    private readonly notices: RequestNoticeStore,
    private readonly requests: AccessRequestStore,
    private readonly mails: RequestMails,
    private readonly sender: NoticeSender,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async sendDue(stopping: AbortSignal): Promise<void> {
    const now = this.clock.now();
    for (const owner of await this.notices.dueOwners(now, OWNERS_AT_A_TIME)) {
      if (stopping.aborted) return;
      const next = now + this.config.uma.ownerNoticeInterval;
      if (await this.notices.takeOwner(owner, now, next)) await this.tell(owner, now);
    }
    await this.notices.forget(now);
  }

  private async tell(owner: string, now: Instant): Promise<void> {
    const ids = await this.notices.ofOwner(owner, MOST_IN_ONE);
    const found = await Promise.all(ids.map((id) => this.requests.find(id)));
    // What was answered meanwhile is no news.
    const waiting = found.filter((one) => one !== undefined).filter((one) => isWaiting(one, now));
    const write = (person: Parameters<RequestMails['asked']>[0]) =>
      this.mails.asked(person, waiting.slice(0, LINES), Math.max(0, waiting.length - LINES));
    const isDone = waiting.length === 0 || (await this.sender.sendOfRequest(owner, write));
    if (isDone) await this.notices.told(ids);
    if (!isDone || waiting.length === 0) await this.notices.postpone(owner, isDone ? now : now + TRY_AGAIN_AFTER);
  }
}

function isWaiting({ state, expiresAt }: AccessRequest, now: Instant): boolean {
  return state === 'pending' && now < expiresAt;
}
