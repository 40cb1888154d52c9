import { Controller, Get, Headers, Param, Query, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import { ResourceStore } from '@valetkey/uma';
import { pageRequestOf } from '../http/page-query.js';
import type { ListAnswer } from './list-answer.js';
import { OwnerAnswers } from './owner-answers.service.js';
import { languagesOf, OWNER_PAGE } from './owner-pages.js';
import { Owner, OwnerGuard } from './owner.guard.js';

/** {issuer}/me/resources: what is registered for the owner, at every resource server. */
@Controller('me/resources')
@UseGuards(OwnerGuard)
export class ResourcesController {
  constructor(
    private readonly resources: ResourceStore,
    private readonly answers: OwnerAnswers,
  ) {}

  @Get()
  async list(
    @Owner() owner: OwnerId,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<ListAnswer> {
    const page = await this.resources.pageOfOwner(owner, pageRequestOf(query, OWNER_PAGE));
    return this.answers.resources(page, languagesOf(accepted));
  }

  @Get(':id')
  async read(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<unknown> {
    const resource = await this.resources.findOfOwner(id, owner);
    if (!resource) throw new OAuthError('not_found', 'not_found');
    return this.answers.resource(resource, languagesOf(accepted));
  }
}
