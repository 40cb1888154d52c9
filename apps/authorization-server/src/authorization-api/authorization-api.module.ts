import { Module } from '@nestjs/common';
import { OAuthModule, TokenEndpointModule } from '@valetkey/oauth';
import { AccountPagesModule } from '../account-pages/account-pages.module.js';
import { AccountInteraction } from '../account-pages/account.interaction.js';
import { GRANT_HANDLERS, GRANT_MODULES } from '../grants.js';
import { HttpModule } from '../http/http.module.js';
import { InteractionModule } from '../interaction/interaction.module.js';
import { InvitationInteraction } from '../invitations/invitation.interaction.js';
import { InvitationsModule } from '../invitations/invitations.module.js';
import { AuthorizationInteraction } from './authorize/authorization.interaction.js';
import { ConsoleInteraction } from '../console/console.interaction.js';
import { ConsoleModule } from '../console/console.module.js';
import { AuthorizeModule } from './authorize/authorize.module.js';
import { ClaimsModule } from './claims/claims.module.js';
import { ClaimsInteraction } from './claims/claims.interaction.js';
import { DeviceModule } from './device/device.module.js';
import { DeviceInteraction } from './device/device.interaction.js';
import { RequestPageInteraction } from './claims/request-page.interaction.js';
import { GrantsRoutes } from './grants/grants.routes.js';
import { ParRoutes } from './par/par.routes.js';
import { RegistrationModule } from './registration/registration.module.js';
import { RevocableValues } from './revocation/revocable-values.service.js';
import { RevocationRoutes } from './revocation/revocation.routes.js';
import { SignOutModule } from './sign-out/sign-out.module.js';
import { TokenRoutes } from './token/token.routes.js';

import { UserInfoRoutes } from './userinfo/user-info.routes.js';
import { UserInfo } from './userinfo/user-info.service.js';

/** Ways in that need a person at a browser. */
const interactions = InteractionModule.with(
  [
    AuthorizationInteraction,
    AccountInteraction,
    ConsoleInteraction,
    ClaimsInteraction,
    RequestPageInteraction,
    DeviceInteraction,
    InvitationInteraction,
  ],
  [AuthorizeModule, AccountPagesModule, ConsoleModule, ClaimsModule, DeviceModule, InvitationsModule],
);
const tokenEndpoint = TokenEndpointModule.with(GRANT_HANDLERS, GRANT_MODULES);

/** What clients call (OAuth 2.1). */
@Module({
  imports: [
    OAuthModule,
    HttpModule,
    AccountPagesModule,
    ConsoleModule,
    AuthorizeModule,
    ClaimsModule,
    DeviceModule,
    InvitationsModule,
    RegistrationModule,
    SignOutModule,
    interactions,
    tokenEndpoint,
  ],
  providers: [TokenRoutes, ParRoutes, GrantsRoutes, RevocableValues, RevocationRoutes, UserInfo, UserInfoRoutes],
  exports: [tokenEndpoint],
})
export class AuthorizationApiModule {}
