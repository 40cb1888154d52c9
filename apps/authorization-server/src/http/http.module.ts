import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { AuthorizationsModule } from '@valetkey/authorizations';
import { ClientsModule } from '@valetkey/clients';
import { BearerAuthentication } from './bearer-authentication.service.js';
import { ErrorFilter } from './error.filter.js';

/** What all endpoints share. */
@Module({
  imports: [AuthorizationsModule, ClientsModule],
  providers: [BearerAuthentication, { provide: APP_FILTER, useClass: ErrorFilter }],
  exports: [BearerAuthentication],
})
export class HttpModule {}
