export { FederationModule } from './federation.module.js';
export { IdTokenVerifier } from './id-token.verifier.js';
export type { VerifiedIdToken } from './id-token.verifier.js';
export { TrustedIssuerRow } from './persistence/trusted-issuer.entity.js';
export { TrustedIssuerStore } from './persistence/trusted-issuer.store.js';
export type { TrustedIssuer } from './persistence/trusted-issuer.store.js';
