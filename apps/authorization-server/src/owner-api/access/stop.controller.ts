import { Body, Controller, Get, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { RevocationResult, StopPreview } from '@valetkey/owner-contract';
import { filterOf } from '../../http/page-query.js';
import { parseBody } from '../owner-schemas.js';
import { Changes, Owner, OwnerGuard } from '../owner.guard.js';
import { stopSchema } from './share-schemas.js';
import { Stops } from './stops.service.js';

const HANDLE = /^(account|client|partner|policy):[A-Za-z0-9._~:/@+-]{1,200}$/;

/** {issuer}/me/stop: everything ends, or all that one holder has. */
@Controller('me/stop')
@UseGuards(OwnerGuard)
export class StopController {
  constructor(private readonly stops: Stops) {}

  @Get()
  preview(@Owner() owner: OwnerId, @Query() query: Record<string, unknown>): Promise<StopPreview> {
    return this.stops.preview(owner, filterOf(query, 'subject', HANDLE));
  }

  @Post()
  @Changes()
  @HttpCode(200)
  stop(@Owner() owner: OwnerId, @Body() body: unknown): Promise<RevocationResult> {
    const { subject, sign_out: signOut } = parseBody(stopSchema, body, 'share_malformed');
    return this.stops.stop(owner, { subject, signOut });
  }
}
