import { Module } from '@nestjs/common';
import { OAuthModule } from '@valetkey/oauth';
import { HttpModule } from '../http/http.module.js';
import { IntrospectionCallers } from './introspection/introspection-caller.service.js';
import { IntrospectionRoutes } from './introspection/introspection.routes.js';
import { SignedIntrospection } from './introspection/signed-introspection.service.js';
import { SeenUses } from './introspection/seen-uses.service.js';
import { TokenMembers } from './introspection/token-members.service.js';
import { Introspection } from './introspection/introspection.service.js';
import { PermissionRoutes } from './permission/permission.routes.js';
import { ProtectionCallers } from './protection-caller.service.js';
import { ResourceRegistrationRoutes } from './resource-registration/resource-registration.routes.js';
import { UnknownScopes } from './resource-registration/unknown-scopes.service.js';

/** What resource servers call (UMA 2.0 federated authorization). */
@Module({
  imports: [OAuthModule, HttpModule],
  providers: [
    ProtectionCallers,
    UnknownScopes,
    ResourceRegistrationRoutes,
    PermissionRoutes,
    IntrospectionCallers,
    TokenMembers,
    SeenUses,
    Introspection,
    SignedIntrospection,
    IntrospectionRoutes,
  ],
})
export class ProtectionApiModule {}
