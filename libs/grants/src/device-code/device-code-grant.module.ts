import { Module } from '@nestjs/common';
import { OAuthModule } from '@valetkey/oauth';
import { DeviceCodeGrant } from './device-code.grant.js';

@Module({ imports: [OAuthModule], providers: [DeviceCodeGrant], exports: [DeviceCodeGrant] })
export class DeviceCodeGrantModule {}
