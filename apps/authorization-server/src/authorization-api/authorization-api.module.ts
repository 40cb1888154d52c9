import { Module } from '@nestjs/common';
import { OAuthModule, TokenEndpointModule } from '@valetkey/oauth';
import { GRANT_HANDLERS, GRANT_MODULES } from '../grants.js';
import { RevocationRoutes } from './revocation/revocation.routes.js';
import { TokenRoutes } from './token/token.routes.js';

const tokenEndpoint = TokenEndpointModule.with(GRANT_HANDLERS, GRANT_MODULES);

/** What clients call (OAuth 2.1). */
@Module({
  imports: [OAuthModule, tokenEndpoint],
  providers: [TokenRoutes, RevocationRoutes],
  exports: [tokenEndpoint],
})
export class AuthorizationApiModule {}
