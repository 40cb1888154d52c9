import { Module } from '@nestjs/common';
import { ClientRegistry } from './client-registry.service.js';
import { ClientStore } from './persistence/client.store.js';
import { ResourceServerStore } from './persistence/resource-server.store.js';

/** The client registry. */
@Module({
  providers: [ClientStore, ResourceServerStore, ClientRegistry],
  exports: [ClientStore, ResourceServerStore, ClientRegistry],
})
export class ClientsModule {}
