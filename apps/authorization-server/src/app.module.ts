import type { DynamicModule } from '@nestjs/common';
import { Global, Module } from '@nestjs/common';
import { SignInModule } from '@valetkey/accounts';
import { ActivityModule } from '@valetkey/activity';
import { Clock, SystemClock } from '@valetkey/kernel';
import { KeysModule } from '@valetkey/keys';
import { MailModule } from '@valetkey/mail';
import { OutboundModule } from '@valetkey/outbound';
import { AuthorizationRequestsModule, CertificateAuthorities, SecurityEvents } from '@valetkey/oauth';
import type { OpenDatabase } from '@valetkey/persistence';
import { PersistenceModule } from '@valetkey/persistence';
import { TokensModule } from '@valetkey/tokens';
import { UmaModule } from '@valetkey/uma';
import type { Logger } from 'pino';
import { SignInResultsModule } from './account-pages/sign-in-results.module.js';
import { AuthorizationApiModule } from './authorization-api/authorization-api.module.js';
import { PersonClaimsModule } from './authorization-api/userinfo/person-claims.module.js';
import type { Config } from './config/config.js';
import { ConfigurationModule } from './configuration/configuration.module.js';
import { DiscoveryModule } from './discovery/discovery.module.js';
import { HealthModule } from './health/health.module.js';
import { CONFIG, LOGGER } from './http/http-tokens.js';
import { HttpModule } from './http/http.module.js';
import { RequestRatesModule } from './http/request-rates.module.js';
import { LoggedSecurityEvents } from './http/logger.js';
import { TrustedAuthorities } from './http/trusted-authorities.service.js';
import { NoticesModule } from './notices/notices.module.js';
import { OperatorApiModule } from './operator-api/operator-api.module.js';
import { OwnerApiModule } from './owner-api/owner-api.module.js';
import { PagesModule } from './pages/pages.module.js';
import { ProtectionApiModule } from './protection-api/protection-api.module.js';

/** What exists before the module graph does. */
export interface Ground {
  readonly config: Config;
  readonly open: OpenDatabase;
  readonly logger: Logger;
}

/** Clock, configuration, log, authorities and security events, for every module. */
@Global()
@Module({})
class GroundModule {
  static with({ config, logger }: Ground): DynamicModule {
    return {
      module: GroundModule,
      providers: [
        { provide: Clock, useClass: SystemClock },
        { provide: CONFIG, useValue: config },
        { provide: LOGGER, useValue: logger },
        TrustedAuthorities,
        { provide: CertificateAuthorities, useExisting: TrustedAuthorities },
        { provide: SecurityEvents, useValue: new LoggedSecurityEvents(logger) },
      ],
      exports: [Clock, CONFIG, LOGGER, TrustedAuthorities, CertificateAuthorities, SecurityEvents],
    };
  }
}

/** The whole server: one module graph for serving and for commands. */
@Module({})
export class AppModule {
  static with(ground: Ground): DynamicModule {
    const { config, open } = ground;
    const longest = Math.max(config.tokens.accessTokenLifetime, config.tokens.rptLifetime);
    return {
      module: AppModule,
      imports: [
        GroundModule.with(ground),
        PersistenceModule.forDatabase(open),
        ActivityModule,
        KeysModule.with(config.keys.encryptionKey, { ...config.keys, tokenLifetime: longest }),
        PersonClaimsModule,
        TokensModule.with({ issuer: config.issuer, ...config.tokens }),
        AuthorizationRequestsModule.with(config.authorization),
        UmaModule.with(config.uma),
        OutboundModule.with(config.outbound),
        MailModule.with(config.mail),
        SignInResultsModule,
        SignInModule.with({ issuer: config.issuer, ...config.signIn }),
        RequestRatesModule,
        HttpModule,
        ConfigurationModule,
        AuthorizationApiModule,
        ProtectionApiModule,
        OwnerApiModule,
        OperatorApiModule,
        PagesModule,
        NoticesModule,
        DiscoveryModule,
        HealthModule,
      ],
    };
  }
}
