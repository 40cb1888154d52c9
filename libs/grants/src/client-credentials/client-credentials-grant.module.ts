import { Module } from '@nestjs/common';
import { OAuthModule } from '@valetkey/oauth';
import { ClientCredentialsGrant } from './client-credentials.grant.js';

@Module({ imports: [OAuthModule], providers: [ClientCredentialsGrant], exports: [ClientCredentialsGrant] })
export class ClientCredentialsGrantModule {}
