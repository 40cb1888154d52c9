import { Module } from '@nestjs/common';
import { AuthorizationExpiry } from './authorization-expiry.service.js';
import { AuthorizationService } from './authorization.service.js';
import { AuthorizationExpiryStore } from './persistence/authorization-expiry.store.js';
import { AuthorizationStore } from './persistence/authorization.store.js';
import { KeptConsentStore } from './persistence/kept-consent.store.js';
import { ConnectedOwnersStore } from './persistence/connected-owners.store.js';
import { ClientHoldingsStore } from './persistence/client-holdings.store.js';
import { OwnerConsentsStore } from './persistence/owner-consents.store.js';
import { OwnerEndStore } from './persistence/owner-end.store.js';
import { PermissionCeilingStore } from './persistence/permission-ceiling.store.js';
import { RecordGenerations } from './persistence/record-generations.store.js';
import { SuspensionStore } from './persistence/suspension.store.js';
import { Suspension } from './suspension.service.js';
import { UsageRecorder } from './usage-recorder.service.js';

const SERVICES = [
  AuthorizationStore,
  ClientHoldingsStore,
  OwnerEndStore,
  OwnerConsentsStore,
  KeptConsentStore,
  ConnectedOwnersStore,
  PermissionCeilingStore,
  RecordGenerations,
  SuspensionStore,
  AuthorizationExpiryStore,
  AuthorizationService,
  Suspension,
  AuthorizationExpiry,
  UsageRecorder,
];

/** The authorization record. */
@Module({
  providers: SERVICES,
  exports: SERVICES,
})
export class AuthorizationsModule {}
