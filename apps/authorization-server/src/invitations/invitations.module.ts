import { Module } from '@nestjs/common';
import { AccountsModule } from '@valetkey/accounts';
import { BrowserModule } from '../interaction/interaction.module.js';
import { NoticesModule } from '../notices/notices.module.js';
import { InvitationAnswers } from './invitation-answers.service.js';
import { InvitationLinks } from './invitation-links.service.js';
import { InvitationPage } from './invitation-page.service.js';
import { InvitationInteraction } from './invitation.interaction.js';
import { InvitationRoutes } from './invitation.routes.js';
import { OffersModule } from './offers.module.js';

/** Invitations by e-mail, for whoever gets one. */
@Module({
  imports: [AccountsModule, BrowserModule, NoticesModule, OffersModule],
  providers: [InvitationAnswers, InvitationInteraction, InvitationLinks, InvitationPage, InvitationRoutes],
  exports: [InvitationInteraction, InvitationRoutes],
})
export class InvitationsModule {}
