export { AuthorizationExpiry } from './authorization-expiry.service.js';
export { AuthorizationService } from './authorization.service.js';
export { AuthorizationsModule } from './authorizations.module.js';
export { isLive, rootAuthorization } from './domain/authorization.js';
export type {
  AuthorizationOrigin,
  AuthorizationRecord,
  AuthorizationState,
  CeilingSum,
  NewAuthorization,
  OwnerId,
  Party,
  PermissionCeiling,
} from './domain/authorization.js';
export { AuthorizationExpiryStore } from './persistence/authorization-expiry.store.js';
export type { ExpiryTimes } from './persistence/authorization-expiry.store.js';
export { toAuthorization } from './persistence/authorization-row.js';
export type { AuthorizationRow } from './persistence/authorization-row.js';
export { AuthorizationStore } from './persistence/authorization.store.js';
export type { ClientOfOwner } from './persistence/authorization.store.js';
export { KeptConsentStore } from './persistence/kept-consent.store.js';
export type { KeptConsent } from './persistence/kept-consent.store.js';
export { ConnectedOwnersStore } from './persistence/connected-owners.store.js';
export { ClientHoldingsStore } from './persistence/client-holdings.store.js';
export type { BoundedCount } from './persistence/client-holdings.store.js';
export { OwnerConsentsStore } from './persistence/owner-consents.store.js';
export type { OwnerConsent } from './persistence/owner-consents.store.js';
export { OwnerEndStore } from './persistence/owner-end.store.js';
export type { EndsOfOwner, Identity, KnownParty } from './persistence/owner-end.store.js';
export { PermissionCeilingStore } from './persistence/permission-ceiling.store.js';
export { Suspension } from './suspension.service.js';
export { RecordGenerations } from './persistence/record-generations.store.js';
export { SuspensionStore } from './persistence/suspension.store.js';
export { UsageRecorder } from './usage-recorder.service.js';
export { endAllOfClient } from './persistence/record-end.statements.js';
