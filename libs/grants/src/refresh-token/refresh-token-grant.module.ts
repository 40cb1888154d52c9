import { Module } from '@nestjs/common';
import { AccountsModule } from '@valetkey/accounts';
import { ClientsModule } from '@valetkey/clients';
import { FederationModule } from '@valetkey/federation';
import { OAuthModule } from '@valetkey/oauth';
import { RefreshGround } from './refresh-ground.service.js';
import { RefreshedAccess } from './refreshed-access.service.js';
import { RefreshTokenGrant } from './refresh-token.grant.js';

@Module({
  imports: [OAuthModule, AccountsModule, ClientsModule, FederationModule],
  providers: [RefreshGround, RefreshedAccess, RefreshTokenGrant],
  exports: [RefreshTokenGrant],
})
export class RefreshTokenGrantModule {}
