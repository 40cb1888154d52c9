import { Controller, Delete, Get, Headers, HttpCode, Param, Query, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { AuthorizationStore, PermissionCeilingStore } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import { OwnerRevocation } from '@valetkey/uma';
import { pageRequestOf } from '../http/page-query.js';
import { AuthorizationAnswers } from './authorization-answers.service.js';
import type { ListAnswer } from './list-answer.js';
import { languagesOf, OWNER_PAGE } from './owner-pages.js';
import { Changes, Owner, OwnerGuard } from './owner.guard.js';

/** {issuer}/me/authorizations: who holds what of the owner's, and the end of it. */
@Controller('me/authorizations')
@UseGuards(OwnerGuard)
export class AuthorizationsController {
  constructor(
    private readonly store: AuthorizationStore,
    private readonly ceilings: PermissionCeilingStore,
    private readonly revocation: OwnerRevocation,
    private readonly answers: AuthorizationAnswers,
  ) {}

  @Get()
  async list(
    @Owner() owner: OwnerId,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ListAnswer> {
    const page = await this.store.page(owner, pageRequestOf(query, OWNER_PAGE));
    return this.answers.list(page, languagesOf(languages));
  }

  @Get(':id')
  async read(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<unknown> {
    const record = await this.store.findOfOwner(id, owner);
    if (!record) throw new OAuthError('not_found', 'not_found');
    return this.answers.one(record, languagesOf(languages));
  }

  /** All that it allows, page by page: the answer about the authorization holds the first ones only. */
  @Get(':id/resources')
  async resources(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') languages: string | undefined,
  ): Promise<ListAnswer> {
    const wanted = pageRequestOf(query, OWNER_PAGE);
    const record = await this.store.findOfOwner(id, owner);
    if (!record) throw new OAuthError('not_found', 'not_found');
    return this.answers.resources(await this.ceilings.page(record.id, wanted), languagesOf(languages));
  }

  @Delete(':id')
  @Changes()
  @HttpCode(204)
  async end(@Owner() owner: OwnerId, @Param('id') id: string): Promise<void> {
    if (!(await this.revocation.end(id, owner))) throw new OAuthError('not_found', 'not_found');
  }
}
