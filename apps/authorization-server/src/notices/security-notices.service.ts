import { Injectable } from '@nestjs/common';
import { AccountNotices } from '@valetkey/accounts';
import { NoticeSender } from './notice-sender.service.js';
import { SecurityMails } from './security-mails.service.js';

const NOTICES_AT_A_TIME = 200;

/** People hear of changes in how they sign in. Nobody can switch these messages off: who has taken an account over would. */
@Injectable()
export class SecurityNotices {
  constructor(
    private readonly notices: AccountNotices,
    private readonly mails: SecurityMails,
    private readonly sender: NoticeSender,
  ) {}

  async sendDue(stopping: AbortSignal): Promise<void> {
    for (const accountId of await this.notices.dueAccounts(NOTICES_AT_A_TIME)) {
      if (stopping.aborted) return;
      await this.tell(accountId);
    }
  }

  private async tell(accountId: string): Promise<void> {
    const taken = await this.notices.take(accountId);
    if (taken.length === 0) return;
    const isSent = await this.sender.send(accountId, (person) => this.mails.write(person, taken));
    await this.notices.settle(taken, isSent);
  }
}
