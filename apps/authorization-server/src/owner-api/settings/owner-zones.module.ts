import { Module } from '@nestjs/common';
import { OwnerDays } from './owner-days.service.js';
import { OwnerZones } from './owner-zones.store.js';

/** In which days owners count. */
@Module({ providers: [OwnerZones, OwnerDays], exports: [OwnerZones, OwnerDays] })
export class OwnerZonesModule {}
