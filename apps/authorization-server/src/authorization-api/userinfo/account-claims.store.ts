import { Injectable } from '@nestjs/common';
import { Database, statement } from '@valetkey/persistence';
import type { PersonFacts } from '@valetkey/tokens';
import { PersonClaims } from '@valetkey/tokens';

const FIND = statement('SELECT username, name, email, locale, zone FROM account WHERE id = ? AND enabled = ?');

/** Facts about people from their accounts. */
@Injectable()
export class AccountClaims extends PersonClaims {
  constructor(private readonly database: Database) {
    super();
  }

  find(accountId: string): Promise<PersonFacts | undefined> {
    return this.database.get<PersonFacts>(FIND, [accountId, 1]);
  }
}
