import { Module } from '@nestjs/common';
import { AcquaintancesStore } from './acquaintances.store.js';
import { NamedHolders } from './named-holders.service.js';

/** Whom owners know, and may name. */
@Module({ providers: [AcquaintancesStore, NamedHolders], exports: [AcquaintancesStore, NamedHolders] })
export class NamedHoldersModule {}
