export { ClientRegistry } from './client-registry.service.js';
export { ClientsModule } from './clients.module.js';
export { DEFAULT_CLIENT_METADATA } from './domain/client-metadata.js';
export type { CertificateSubject, ClientMetadata } from './domain/client-metadata.js';
export { isRegisteredRedirectUri, redirectUriProblem } from './domain/redirect-uri.js';
export type { Client, ClientSecret, ResourceServer } from './domain/client.js';
export { ClientStore } from './persistence/client.store.js';
export { ResourceServerStore } from './persistence/resource-server.store.js';
