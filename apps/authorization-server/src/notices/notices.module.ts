import { Module } from '@nestjs/common';
import { OAuthModule } from '@valetkey/oauth';
import { ClaimsModule } from '../authorization-api/claims/claims.module.js';
import { NoticeSender } from './notice-sender.service.js';
import { OutcomeNotices } from './outcome-notices.service.js';
import { OwnerNotices } from './owner-notices.service.js';
import { RequestMails } from './request-mails.service.js';
import { RequestNotices } from './request-notices.service.js';

/** Messages to people about requests. */
@Module({
  imports: [OAuthModule, ClaimsModule],
  providers: [NoticeSender, OutcomeNotices, OwnerNotices, RequestMails, RequestNotices],
  exports: [RequestNotices],
})
export class NoticesModule {}
