import { Module } from '@nestjs/common';
import { AccountStore } from './persistence/account.store.js';

/** Resource owners and people known here. */
@Module({ providers: [AccountStore], exports: [AccountStore] })
export class AccountsModule {}
