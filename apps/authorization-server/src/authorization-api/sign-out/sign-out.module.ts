import { Module } from '@nestjs/common';
import { ClientsModule } from '@valetkey/clients';
import { BrowserModule } from '../../interaction/interaction.module.js';
import { BackChannelLogout } from './back-channel-logout.service.js';
import { LogoutDelivery } from './logout-delivery.service.js';
import { LogoutMessages } from './logout-messages.service.js';
import { SignOutPages } from './sign-out-pages.service.js';
import { SignOutRequests } from './sign-out-requests.service.js';
import { SignOutRoutes } from './sign-out.routes.js';

/** Sign-out at the wish of an application, and telling applications of it. */
@Module({
  imports: [BrowserModule, ClientsModule],
  providers: [SignOutPages, SignOutRequests, SignOutRoutes, LogoutMessages, LogoutDelivery, BackChannelLogout],
  exports: [SignOutRoutes],
})
export class SignOutModule {}
