import { Global, Injectable, Module } from '@nestjs/common';
import { SignInResults } from '@valetkey/accounts';
import { AuthorizationsModule, RecordGenerations } from '@valetkey/authorizations';
import type { WriteSet } from '@valetkey/persistence';

/** Codes and tokens, by the records that they belong to. */
@Injectable()
class TokensOfSignIns extends SignInResults {
  constructor(private readonly generations: RecordGenerations) {
    super();
  }

  void(writes: WriteSet, accountId: string): void {
    this.generations.renewAllOf(writes, accountId);
  }
}

/** What a new password ends besides sessions. */
@Global()
@Module({
  imports: [AuthorizationsModule],
  providers: [{ provide: SignInResults, useClass: TokensOfSignIns }],
  exports: [SignInResults],
})
export class SignInResultsModule {}
