export { ClientRegistry } from './client-registry.service.js';
export { ClientsModule } from './clients.module.js';
export { DEFAULT_CLIENT_METADATA } from './domain/client-metadata.js';
export type { CertificateSubject, AnswerEncryption, ClientMetadata, Voucher } from './domain/client-metadata.js';
export type { RedirectUriFault } from './domain/redirect-uri.js';
export { isRegisteredRedirectUri, redirectUriFault, redirectUriProblem } from './domain/redirect-uri.js';
export { isStranger } from './domain/client.js';
export type { Client, ClientName, ClientOrigin, ClientProfile, ClientSecret, ResourceServer } from './domain/client.js';
export { ClientRegistrationStore } from './persistence/client-registration.store.js';
export type { ClientRegistration } from './persistence/client-registration.store.js';
export { ClientDirectory } from './persistence/client-directory.store.js';
export { ClientStore } from './persistence/client.store.js';
export { OperatedClientStore } from './persistence/operated-client.store.js';
export type {
  ClientSearch,
  ListedClient,
  OperatedClient,
  OperatedSecret,
  OperatedState,
} from './persistence/operated-client.store.js';
export { ResourceServerStore } from './persistence/resource-server.store.js';
export type { ServerContact } from './persistence/server-contact.store.js';
export { ServerContactStore } from './persistence/server-contact.store.js';
export type { SilentServer } from './persistence/server-contact.store.js';
export { encryptionKeyOf } from './domain/encryption-key.js';
