import { Module } from '@nestjs/common';
import { AccountNamesStore } from './persistence/account-names.store.js';
import { AccountStore } from './persistence/account.store.js';
import { PersonDirectory } from './persistence/person-directory.store.js';

/** Resource owners and people known here. */
const STORES = [AccountStore, AccountNamesStore, PersonDirectory];

@Module({ providers: STORES, exports: STORES })
export class AccountsModule {}
