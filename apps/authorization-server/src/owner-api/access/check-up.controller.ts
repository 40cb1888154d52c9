import { Controller, Get, Headers, HttpCode, Param, Post, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { CheckUpView } from '@valetkey/owner-contract';
import { languagesOf } from '../owner-pages.js';
import { Changes, Owner, OwnerGuard } from '../owner.guard.js';
import { CheckUps } from './check-ups.service.js';

/** {issuer}/me/check-up: what the owner should look at, worst first. */
@Controller('me/check-up')
@UseGuards(OwnerGuard)
export class CheckUpController {
  constructor(private readonly checkUps: CheckUps) {}

  @Get()
  read(@Owner() owner: OwnerId, @Headers('accept-language') accepted: string | undefined): Promise<CheckUpView> {
    return this.checkUps.of(owner, languagesOf(accepted));
  }

  /** She has looked at it and keeps it. */
  @Post(':id/keep')
  @Changes()
  @HttpCode(204)
  async keep(@Owner() owner: OwnerId, @Param('id') id: string): Promise<void> {
    if (!(await this.checkUps.keep(owner, id))) throw new OAuthError('not_found', 'not_found');
  }
}
