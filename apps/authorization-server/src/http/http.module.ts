import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AuthorizationsModule } from '@valetkey/authorizations';
import { ClientsModule } from '@valetkey/clients';
import { OAuthModule } from '@valetkey/oauth';
import { PagesModule } from '../pages/pages.module.js';
import { BearerAuthentication } from './bearer-authentication.service.js';
import { CrossOrigin } from './cross-origin.service.js';
import { ErrorFilter } from './error.filter.js';
import { TokenPossession } from './token-possession.service.js';

/** What all endpoints share. */
@Module({
  imports: [AuthorizationsModule, ClientsModule, OAuthModule, PagesModule],
  providers: [TokenPossession, BearerAuthentication, CrossOrigin, { provide: APP_FILTER, useClass: ErrorFilter }],
  exports: [BearerAuthentication, CrossOrigin],
})
export class HttpModule {}
