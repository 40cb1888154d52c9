import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { SignInDemand } from '../http/step-up.js';

/** Who runs this server: as its configuration says, so that nothing that is written at run time can make an operator. */
@Injectable()
export class Operators {
  /** Of an operator who changes something (attack class 232). */
  readonly demand: SignInDemand;
  private readonly accounts: ReadonlySet<string>;

  constructor(@Inject(CONFIG) { operators: { accounts, minAcr, maxAuthAge } }: Config) {
    this.accounts = new Set(accounts);
    this.demand = { maxAge: maxAuthAge, ...(minAcr !== undefined && { acr: minAcr }) };
  }

  /** Whether a session is an operator's; nobody is one unless named. */
  has({ accountId }: Pick<Session, 'accountId'>): boolean {
    return this.accounts.has(accountId);
  }
}
