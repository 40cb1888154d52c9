import { Injectable } from '@nestjs/common';
import { Persons } from '@valetkey/accounts';
import type { PersonFacts } from '@valetkey/tokens';
import { PersonClaims } from '@valetkey/tokens';

/** Facts about people from their accounts. */
@Injectable()
export class AccountClaims extends PersonClaims {
  constructor(private readonly persons: Persons) {
    super();
  }

  async find(accountId: string): Promise<PersonFacts | undefined> {
    const person = await this.persons.find(accountId);
    return person?.enabled ? person : undefined;
  }
}
