import type { DynamicModule } from '@nestjs/common';
import { Module } from '@nestjs/common';
import { AuthorizationsModule } from '@valetkey/authorizations';
import { JwtAccessTokens } from './formats/jwt-access-token.js';
import { IdTokens } from './formats/id-token.js';
import { LogoutTokens } from './formats/logout-token.js';
import { Subjects } from './formats/subjects.service.js';
import { IdTokenIssuer } from './id-token-issuer.service.js';
import { TokenCensusStore } from './persistence/token-census.store.js';
import { TokenExpiryStore } from './persistence/expiry.store.js';
import { RefreshTokenStore } from './persistence/refresh-token.store.js';
import { ReplayStore } from './persistence/replay.store.js';
import { TokenFamilyStore } from './persistence/token-family.store.js';
import { TokenStore } from './persistence/token.store.js';
import { RevocationService } from './revocation.service.js';
import { TokenFinder } from './token-finder.service.js';
import { TokenIssuer } from './token-issuer.service.js';
import type { TokenOptions } from './token-options.js';
import { TOKEN_OPTIONS } from './token-options.js';

const SERVICES = [
  TokenStore,
  RefreshTokenStore,
  TokenFamilyStore,
  ReplayStore,
  TokenExpiryStore,
  TokenCensusStore,
  JwtAccessTokens,
  Subjects,
  IdTokens,
  LogoutTokens,
  IdTokenIssuer,
  TokenIssuer,
  TokenFinder,
  RevocationService,
];

/** Minting, finding, revoking and expiring tokens. */
@Module({})
export class TokensModule {
  static with(options: TokenOptions): DynamicModule {
    return {
      module: TokensModule,
      global: true,
      imports: [AuthorizationsModule],
      providers: [{ provide: TOKEN_OPTIONS, useValue: options }, ...SERVICES],
      exports: [TOKEN_OPTIONS, ...SERVICES],
    };
  }
}
