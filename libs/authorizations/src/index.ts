export { AuthorizationService } from './authorization.service.js';
export { AuthorizationsModule } from './authorizations.module.js';
export { isLive, rootAuthorization } from './domain/authorization.js';
export type {
  AuthorizationOrigin,
  AuthorizationRecord,
  AuthorizationState,
  NewAuthorization,
  OwnerId,
  Party,
  PermissionCeiling,
} from './domain/authorization.js';
export { AuthorizationStore } from './persistence/authorization.store.js';
export { PermissionCeilingStore } from './persistence/permission-ceiling.store.js';
export { UsageRecorder } from './usage-recorder.service.js';
