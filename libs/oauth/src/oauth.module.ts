import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { AuthorizationsModule } from '@valetkey/authorizations';
import { ClientsModule } from '@valetkey/clients';
import { ClientAssertionVerifier } from './client-authentication/client-assertion.verifier.js';
import { ClientAuthenticator } from './client-authentication/client-authenticator.service.js';
import { ClientKeys } from './client-authentication/client-keys.service.js';
import { CertificateStatus } from './client-authentication/certificate-status.service.js';
import { ClientCertificates } from './client-authentication/client-certificates.service.js';
import { GrantExecution } from './grant-execution.service.js';
import type { GrantHandler } from './grant-handler.js';
import { GRANT_HANDLERS } from './grant-handler.js';
import { InteractionStore } from './interaction/interaction.store.js';
import { DpopNonces } from './sender-constraint/dpop-nonces.service.js';
import { DpopProofs } from './sender-constraint/dpop-proofs.service.js';
import { SenderConstraint } from './sender-constraint/sender-constraint.service.js';
import { Recipients } from './recipients.service.js';
import { TargetResolver } from './target-resolver.service.js';
import { TokenEndpoint } from './token-endpoint.service.js';

const SERVICES = [
  ClientKeys,
  ClientAssertionVerifier,
  CertificateStatus,
  ClientCertificates,
  ClientAuthenticator,
  InteractionStore,
  TargetResolver,
  DpopNonces,
  DpopProofs,
  SenderConstraint,
  Recipients,
];

/** Client authentication and scopes, for every endpoint and grant. */
@Module({
  imports: [ClientsModule, AuthorizationsModule],
  providers: SERVICES,
  exports: [...SERVICES, ClientsModule, AuthorizationsModule],
})
export class OAuthModule {}

/** The token endpoint with its grants. */
@Module({})
export class TokenEndpointModule {
  /**
   * @param handlers - the handler classes, in the order in which discovery names them
   * @param imports - the modules that provide them
   */
  static with(handlers: Type<GrantHandler>[], imports: Type<unknown>[]): DynamicModule {
    const list: Provider = {
      provide: GRANT_HANDLERS,
      useFactory: (...instances: GrantHandler[]) => instances,
      inject: handlers,
    };
    return {
      module: TokenEndpointModule,
      imports: [OAuthModule, ...imports],
      providers: [list, GrantExecution, TokenEndpoint],
      exports: [TokenEndpoint],
    };
  }
}
