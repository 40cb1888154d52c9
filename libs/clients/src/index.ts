export { ClientRegistry } from './client-registry.service.js';
export { ClientsModule } from './clients.module.js';
export type { Client, ClientSecret, ResourceServer } from './domain/client.js';
export { ClientStore } from './persistence/client.store.js';
export { ResourceServerStore } from './persistence/resource-server.store.js';
