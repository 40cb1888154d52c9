import { Module } from '@nestjs/common';
import { OAuthModule } from '@valetkey/oauth';
import { ClaimsModule } from '../authorization-api/claims/claims.module.js';
import { DueNotices } from './due-notices.service.js';
import { OwnerZonesModule } from '../owner-api/settings/owner-zones.module.js';
import { OffersModule } from '../invitations/offers.module.js';
import { GivenSentences } from './given-sentences.service.js';
import { InvitationMails } from './invitation-mails.service.js';
import { InvitationNotices } from './invitation-notices.service.js';
import { NoticeSender } from './notice-sender.service.js';
import { OutcomeNotices } from './outcome-notices.service.js';
import { OwnerNotices } from './owner-notices.service.js';
import { RequestMails } from './request-mails.service.js';
import { SecurityMails } from './security-mails.service.js';
import { SecurityNotices } from './security-notices.service.js';

/** Messages to people: about requests, invitations, and changes of their accounts. */
@Module({
  imports: [OAuthModule, ClaimsModule, OwnerZonesModule, OffersModule],
  providers: [
    DueNotices,
    GivenSentences,
    InvitationMails,
    InvitationNotices,
    NoticeSender,
    OutcomeNotices,
    OwnerNotices,
    RequestMails,
    SecurityMails,
    SecurityNotices,
  ],
  exports: [DueNotices, GivenSentences],
})
export class NoticesModule {}
