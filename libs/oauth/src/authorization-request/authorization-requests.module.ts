import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { OAuthModule } from '../oauth.module.js';
import { DeviceAuthorizationEndpoint } from '../device-authorization/device-authorization-endpoint.service.js';
import { DeviceCodes } from '../device-authorization/device-codes.service.js';
import { DeviceCodeStore } from '../device-authorization/persistence/device-code.store.js';
import { AuthorizationAnswers } from './authorization-answers.service.js';
import { AuthorizationCodes } from './authorization-codes.service.js';
import type { AuthorizationOptions } from './authorization-options.js';
import { AUTHORIZATION_OPTIONS } from './authorization-options.js';
import { AuthorizationRequestReader } from './authorization-request.reader.js';
import { ClientGrants } from './client-grants.service.js';
import { ConsentTokens } from './consent-tokens.service.js';
import { Consents } from './consents.service.js';
import { AuthorizationCodeStore } from './persistence/authorization-code.store.js';
import { ConsentStore } from './persistence/consent.store.js';
import { PushedRequestStore } from './persistence/pushed-request.store.js';
import { PushedRequests } from './pushed-requests.service.js';
import { RequestObjectVerifier } from './request-object.verifier.js';
import { RequestValidator } from './request.validator.js';

const SERVICES = [
  AuthorizationCodeStore,
  ConsentStore,
  PushedRequestStore,
  PushedRequests,
  RequestObjectVerifier,
  RequestValidator,
  AuthorizationRequestReader,
  AuthorizationAnswers,
  AuthorizationCodes,
  ConsentTokens,
  Consents,
  DeviceCodeStore,
  DeviceCodes,
  DeviceAuthorizationEndpoint,
  ClientGrants,
];

/** What clients ask of people, from the request to the code. */
@Module({})
export class AuthorizationRequestsModule {
  static with(options: AuthorizationOptions): DynamicModule {
    return {
      module: AuthorizationRequestsModule,
      global: true,
      imports: [OAuthModule],
      providers: [{ provide: AUTHORIZATION_OPTIONS, useValue: options }, ...SERVICES],
      exports: [AUTHORIZATION_OPTIONS, ...SERVICES],
    };
  }
}
