import { Module } from '@nestjs/common';
import { AccountsModule } from '@valetkey/accounts';
import { FederationModule } from '@valetkey/federation';
import { OAuthModule } from '@valetkey/oauth';
import { OwnerWayInModule } from '../owner-way-in.module.js';
import { ServerHealth } from '../services/server-health.service.js';
import { SubjectNames } from '../subjects/subject-names.service.js';
import { WordingModule } from '../wording/wording.module.js';
import { ConsoleNames } from './console-names.service.js';

/** What owners read instead of identifiers. */
@Module({
  imports: [OAuthModule, OwnerWayInModule, WordingModule, AccountsModule, FederationModule],
  providers: [SubjectNames, ServerHealth, ConsoleNames],
  exports: [SubjectNames, ServerHealth, ConsoleNames, WordingModule],
})
export class NamingModule {}
