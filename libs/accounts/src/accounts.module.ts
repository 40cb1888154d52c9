import { Module } from '@nestjs/common';
import { AccountNamesStore } from './persistence/account-names.store.js';
import { AccountStore } from './persistence/account.store.js';

/** Resource owners and people known here. */
@Module({ providers: [AccountStore, AccountNamesStore], exports: [AccountStore, AccountNamesStore] })
export class AccountsModule {}
