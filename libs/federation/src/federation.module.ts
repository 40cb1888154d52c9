import { Module } from '@nestjs/common';
import { IdTokenVerifier } from './id-token.verifier.js';
import { TrustedIssuerStore } from './persistence/trusted-issuer.store.js';

/** Trusted issuers and what they assert. */
@Module({ providers: [TrustedIssuerStore, IdTokenVerifier], exports: [TrustedIssuerStore, IdTokenVerifier] })
export class FederationModule {}
