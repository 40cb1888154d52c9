import { Module } from '@nestjs/common';
import { OAuthModule } from '@valetkey/oauth';
import { ClaimsModule } from '../authorization-api/claims/claims.module.js';
import { DueNotices } from './due-notices.service.js';
import { OwnerZonesModule } from '../owner-api/settings/owner-zones.module.js';
import { GivenSentences } from './given-sentences.service.js';
import { NoticeSender } from './notice-sender.service.js';
import { OutcomeNotices } from './outcome-notices.service.js';
import { OwnerNotices } from './owner-notices.service.js';
import { RequestMails } from './request-mails.service.js';
import { SecurityMails } from './security-mails.service.js';
import { SecurityNotices } from './security-notices.service.js';

/** Messages to people: about requests, and about changes of their accounts. */
@Module({
  imports: [OAuthModule, ClaimsModule, OwnerZonesModule],
  providers: [
    DueNotices,
    GivenSentences,
    NoticeSender,
    OutcomeNotices,
    OwnerNotices,
    RequestMails,
    SecurityMails,
    SecurityNotices,
  ],
  exports: [DueNotices],
})
export class NoticesModule {}
