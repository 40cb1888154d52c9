import { Body, Controller, Get, Put, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { OwnerSettings } from '@valetkey/owner-contract';
import { accountOfOwner } from '../subjects/subject-handle.js';
import { parseBody } from '../owner-schemas.js';
import { Changes, Owner, OwnerGuard } from '../owner.guard.js';
import { OwnerSettingsStore } from './owner-settings.store.js';
import { settingsSchema } from './settings-schema.js';

/** {issuer}/me/settings: how the person wants the console. */
@Controller('me/settings')
@UseGuards(OwnerGuard)
export class SettingsController {
  constructor(private readonly store: OwnerSettingsStore) {}

  @Get()
  read(@Owner() owner: OwnerId): Promise<OwnerSettings> {
    return this.store.of(accountOfOwner(owner));
  }

  @Put()
  @Changes()
  async save(@Owner() owner: OwnerId, @Body() body: unknown): Promise<OwnerSettings> {
    const accountId = accountOfOwner(owner);
    await this.store.save(accountId, parseBody(settingsSchema, body, 'settings_malformed'));
    return this.store.of(accountId);
  }
}
