export { assessRefreshUse } from './domain/refresh-rotation.js';
export type { RefreshUse } from './domain/refresh-rotation.js';
export { endOf } from './domain/token.js';
export type {
  AuthorizationDetail,
  Confirmation,
  DeadToken,
  DeathReason,
  FoundToken,
  JsonValue,
  RefreshContent,
  RefreshToken,
  SignIn,
  TokenContent,
  TokenGround,
  TokenKind,
  TokenPermission,
} from './domain/token.js';
export { claimsWithin, PersonClaims, personClaims, requestedClaims } from './domain/person-claims.js';
export type { ClaimsRequest, PersonFacts, RequestedClaims } from './domain/person-claims.js';
export { IdTokens } from './formats/id-token.js';
export type { IdTokenContent } from './formats/id-token.js';
export { LogoutTokens } from './formats/logout-token.js';
export type { LogoutContent } from './formats/logout-token.js';
export { Subjects } from './formats/subjects.service.js';
export type { Relation } from './formats/subjects.service.js';
export { accountOf } from './id-token-issuer.service.js';
export type { IdTokenOrder, IdTokenRecipient } from './id-token-issuer.service.js';
export { signInClaims, tokenTypeOf } from './domain/token-claims.js';
export { TokenCensusStore } from './persistence/token-census.store.js';
export type { CensusPart, CensusPosition, LivingKind } from './persistence/token-census.store.js';
export { TokenExpiryStore } from './persistence/expiry.store.js';
export { RefreshTokenStore } from './persistence/refresh-token.store.js';
export { ReplayStore } from './persistence/replay.store.js';
export { TokenFamilyStore } from './persistence/token-family.store.js';
export { tokenIdOf, TokenStore } from './persistence/token.store.js';
export { RevocationService } from './revocation.service.js';
export type { RevocationOutcome } from './revocation.service.js';
export { TokenFinder } from './token-finder.service.js';
export type { LiveToken } from './token-finder.service.js';
export { TokenIssuer } from './token-issuer.service.js';
export type { MintedTokens, RefreshOrder, TokenOrder } from './token-issuer.service.js';
export { TOKEN_OPTIONS } from './token-options.js';
export type { TokenOptions } from './token-options.js';
export { TokensModule } from './tokens.module.js';
