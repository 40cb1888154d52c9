import { Module } from '@nestjs/common';
import { ClientsModule } from '@valetkey/clients';
import { HttpModule } from '../../http/http.module.js';
import { ClientChanges } from './client-changes.service.js';
import { ClientRegistrations, RegistrationStores } from './client-registrations.service.js';
import { InitialAccess } from './initial-access.service.js';
import { RegistrationReader } from './registration-reader.service.js';
import { RegistrationRoutes } from './registration.routes.js';
import { SectorIdentifiers } from './sector-identifiers.service.js';
import { SoftwareStatements } from './software-statements.service.js';

/** Clients that register themselves. */
@Module({
  imports: [ClientsModule, HttpModule],
  providers: [
    ClientChanges,
    ClientRegistrations,
    InitialAccess,
    RegistrationReader,
    RegistrationRoutes,
    RegistrationStores,
    SectorIdentifiers,
    SoftwareStatements,
  ],
  exports: [ClientChanges, RegistrationReader, RegistrationRoutes],
})
export class RegistrationModule {}
