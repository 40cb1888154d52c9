import { Controller, Get, Headers, Query, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { ListAnswer, OwnRequestRow, SharedWithMeRow } from '@valetkey/owner-contract';
import { pageRequestOf } from '../../http/page-query.js';
import { accountOfOwner } from '../subjects/subject-handle.js';
import { languagesOf, OWNER_PAGE } from '../owner-pages.js';
import { Owner, OwnerGuard } from '../owner.guard.js';
import { Received } from './received.service.js';

/** What others gave the person, and what she asked others for. */
@Controller('me')
@UseGuards(OwnerGuard)
export class ReceivedController {
  constructor(private readonly received: Received) {}

  @Get('shared-with-me')
  shared(
    @Owner() owner: OwnerId,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<ListAnswer<SharedWithMeRow>> {
    return this.received.shares(accountOfOwner(owner), pageRequestOf(query, OWNER_PAGE), languagesOf(accepted));
  }

  @Get('asked')
  asked(
    @Owner() owner: OwnerId,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<ListAnswer<OwnRequestRow>> {
    return this.received.requests(accountOfOwner(owner), pageRequestOf(query, OWNER_PAGE), languagesOf(accepted));
  }
}
