import { Module } from '@nestjs/common';
import { OAuthModule } from '@valetkey/oauth';
import { AuthorizationCodeGrant } from './authorization-code.grant.js';

@Module({ imports: [OAuthModule], providers: [AuthorizationCodeGrant], exports: [AuthorizationCodeGrant] })
export class AuthorizationCodeGrantModule {}
