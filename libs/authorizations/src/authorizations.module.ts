import { Module } from '@nestjs/common';
import { AuthorizationService } from './authorization.service.js';
import { AuthorizationStore } from './persistence/authorization.store.js';
import { PermissionCeilingStore } from './persistence/permission-ceiling.store.js';
import { UsageRecorder } from './usage-recorder.service.js';

/** The authorization record. */
@Module({
  providers: [AuthorizationStore, PermissionCeilingStore, AuthorizationService, UsageRecorder],
  exports: [AuthorizationStore, PermissionCeilingStore, AuthorizationService, UsageRecorder],
})
export class AuthorizationsModule {}
