import { Module } from '@nestjs/common';
import { ClientRegistry } from './client-registry.service.js';
import { ClientRegistrationStore } from './persistence/client-registration.store.js';
import { ClientDirectory } from './persistence/client-directory.store.js';
import { ClientStore } from './persistence/client.store.js';
import { OperatedClientStore } from './persistence/operated-client.store.js';
import { ResourceServerStore } from './persistence/resource-server.store.js';
import { ServerContactStore } from './persistence/server-contact.store.js';

/** The client registry. */
@Module({
  providers: [
    ClientRegistrationStore,
    ClientDirectory,
    ClientStore,
    OperatedClientStore,
    ResourceServerStore,
    ServerContactStore,
    ClientRegistry,
  ],
  exports: [
    ClientRegistrationStore,
    ClientDirectory,
    ClientStore,
    OperatedClientStore,
    ResourceServerStore,
    ServerContactStore,
    ClientRegistry,
  ],
})
export class ClientsModule {}
