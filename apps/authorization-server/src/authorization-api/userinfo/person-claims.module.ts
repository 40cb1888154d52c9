import { Global, Module } from '@nestjs/common';
import { PersonClaims } from '@valetkey/tokens';
import { AccountClaims } from './account-claims.service.js';

/** Facts about people, for ID tokens and UserInfo. */
@Global()
@Module({ providers: [{ provide: PersonClaims, useClass: AccountClaims }], exports: [PersonClaims] })
export class PersonClaimsModule {}
