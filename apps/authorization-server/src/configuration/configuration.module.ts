import { Module } from '@nestjs/common';
import { AccountsModule } from '@valetkey/accounts';
import { AuthorizationsModule } from '@valetkey/authorizations';
import { ClientsModule } from '@valetkey/clients';
import { FederationModule } from '@valetkey/federation';
import { OwnerApiModule } from '../owner-api/owner-api.module.js';
import { ApplyConfiguration } from './apply-configuration.service.js';
import { ConfiguredClients } from './configured-clients.service.js';
import { ConfiguredPeople } from './configured-people.service.js';
import { ConfiguredSignIn } from './configured-sign-in.service.js';

/** Brings the database in line with the configuration. */
@Module({
  imports: [AccountsModule, AuthorizationsModule, ClientsModule, FederationModule, OwnerApiModule],
  providers: [ConfiguredClients, ConfiguredPeople, ConfiguredSignIn, ApplyConfiguration],
  exports: [ApplyConfiguration],
})
export class ConfigurationModule {}
