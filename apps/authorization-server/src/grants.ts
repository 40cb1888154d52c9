import type { GrantHandler } from '@valetkey/oauth';
import type { Type } from '@nestjs/common';
import {
  AuthorizationCodeGrant,
  AuthorizationCodeGrantModule,
  ClientCredentialsGrant,
  ClientCredentialsGrantModule,
  DeviceCodeGrant,
  DeviceCodeGrantModule,
  RefreshTokenGrant,
  RefreshTokenGrantModule,
  UmaTicketGrant,
  UmaTicketGrantModule,
} from '@valetkey/grants';

/** THE list of ways in. Discovery and validation derive from it; adding a grant adds one line to each array. */
export const GRANT_HANDLERS: Type<GrantHandler>[] = [
  AuthorizationCodeGrant,
  ClientCredentialsGrant,
  DeviceCodeGrant,
  RefreshTokenGrant,
  UmaTicketGrant,
];

export const GRANT_MODULES = [
  AuthorizationCodeGrantModule,
  ClientCredentialsGrantModule,
  DeviceCodeGrantModule,
  RefreshTokenGrantModule,
  UmaTicketGrantModule,
];
