import { Module } from '@nestjs/common';
import { ClientRegistry } from './client-registry.service.js';
import { ClientRegistrationStore } from './persistence/client-registration.store.js';
import { ClientDirectory } from './persistence/client-directory.store.js';
import { ClientStore } from './persistence/client.store.js';
import { ResourceServerStore } from './persistence/resource-server.store.js';

/** The client registry. */
@Module({
  providers: [ClientRegistrationStore, ClientDirectory, ClientStore, ResourceServerStore, ClientRegistry],
  exports: [ClientRegistrationStore, ClientDirectory, ClientStore, ResourceServerStore, ClientRegistry],
})
export class ClientsModule {}
