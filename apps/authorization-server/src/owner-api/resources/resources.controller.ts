import { Body, Controller, Get, Headers, Param, Put, Query, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Instant, Page } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { ListAnswer, ResourceRow, ResourceView } from '@valetkey/owner-contract';
import { Database, WriteSet } from '@valetkey/persistence';
import type { Resource, ResourceSearch } from '@valetkey/uma';
import { OwnedResourceStore, ResourceMarksStore, ResourceStore } from '@valetkey/uma';
import { pageRequestOf } from '../../http/page-query.js';
import { languagesOf } from '../owner-pages.js';
import { Changes, Owner, OwnerGuard } from '../owner.guard.js';
import { parseBody } from '../owner-schemas.js';
import { OwnerDays } from '../settings/owner-days.service.js';
import { ResourceAnswers } from './resource-answers.service.js';
import { RESOURCE_PAGE, resourceSearchOf } from './resource-query.js';
import { labelsSchema, starSchema } from './resource-schemas.js';

type Query_ = Record<string, unknown>;

/** {issuer}/me/resources: what is registered for the owner, at every resource server, and how she marks it. */
@Controller('me/resources')
@UseGuards(OwnerGuard)
export class ResourcesController {
  constructor(
    private readonly resources: ResourceStore,
    private readonly owned: OwnedResourceStore,
    private readonly marks: ResourceMarksStore,
    private readonly answers: ResourceAnswers,
    private readonly database: Database,
    private readonly days: OwnerDays,
  ) {}

  /** By service, and there by name. `total` is on the first page. */
  @Get()
  async list(
    @Owner() owner: OwnerId,
    @Query() query: Query_,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<ListAnswer<ResourceRow>> {
    const { now, endingBy } = await this.days.momentsOf(owner);
    const search = { ...resourceSearchOf(query), endingBy };
    const page = await this.page(owner, search, query, now);
    const answer = await this.answers.list(owner, page, languagesOf(accepted));
    if (query['cursor'] !== undefined) return answer;
    return { ...answer, total: await this.owned.count(owner, search, now) };
  }

  @Get(':id')
  async read(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<ResourceView> {
    const resource = await this.resources.findOfOwner(id, owner);
    if (!resource) throw new OAuthError('not_found', 'not_found');
    return this.answers.one(owner, resource, languagesOf(accepted));
  }

  @Put(':id/star')
  @Changes()
  async star(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ readonly starred: boolean }> {
    const { starred } = parseBody(starSchema, body, 'mark_malformed');
    await this.mark((writes) => this.marks.star(writes, owner, id, starred));
    return { starred };
  }

  @Put(':id/labels')
  @Changes()
  async label(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<{ readonly labels: readonly string[] }> {
    const { labels } = parseBody(labelsSchema, body, 'mark_malformed');
    await this.mark((writes) => this.marks.label(writes, owner, id, labels));
    return { labels: [...labels].sort() };
  }

  private async page(owner: OwnerId, search: ResourceSearch, query: Query_, now: Instant): Promise<Page<Resource>> {
    const request = pageRequestOf(query, RESOURCE_PAGE);
    try {
      return await this.owned.page(owner, search, request, now);
    } catch (cause) {
      if (cause instanceof SyntaxError) throw new OAuthError('invalid_request', 'page_malformed');
      throw cause;
    }
  }

  private async mark(fill: (writes: WriteSet) => void): Promise<void> {
    const writes = new WriteSet();
    fill(writes);
    if (!(await this.database.tryCommit(writes))) throw new OAuthError('not_found', 'not_found');
  }
}
