import { Module } from '@nestjs/common';
import { AccountsModule } from '@valetkey/accounts';
import { AccessModule } from '../owner-api/access/access.module.js';
import { WordingModule } from '../owner-api/wording/wording.module.js';
import { Offers } from './offers.service.js';

/** What invitations are worth at present. */
@Module({ imports: [AccountsModule, AccessModule, WordingModule], providers: [Offers], exports: [Offers] })
export class OffersModule {}
