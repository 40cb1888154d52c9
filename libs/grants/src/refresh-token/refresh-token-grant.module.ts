import { Module } from '@nestjs/common';
import { OAuthModule } from '@valetkey/oauth';
import { RefreshTokenGrant } from './refresh-token.grant.js';

@Module({ imports: [OAuthModule], providers: [RefreshTokenGrant], exports: [RefreshTokenGrant] })
export class RefreshTokenGrantModule {}
