import type { IncomingHttpHeaders } from 'node:http';
import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Put, Query, Res, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { AccessFilter, AccessList, AccessRow, AccessView, RevocationResult } from '@valetkey/owner-contract';
import { RemovedAccessStore } from '@valetkey/uma';
import type { FastifyReply } from 'fastify';
import { entityTag, expectedVersions, requiredVersions } from '../../http/if-match.js';
import { filterOf, pageRequestOf } from '../../http/page-query.js';
import type { Languages } from '../owner-names.service.js';
import { languagesOf, OWNER_PAGE } from '../owner-pages.js';
import { Changes, Owner, OwnerGuard } from '../owner.guard.js';
import { parseBody } from '../owner-schemas.js';
import { AccessEnd } from './access-end.service.js';
import { AccessEntries } from './access-entries.service.js';
import type { AccessEntry } from './access-entry.js';
import { ACCESS_FILTERS, keepsTheData } from './access-entry.js';
import { AccessLists } from './access-list.service.js';
import { AccessShortening } from './access-shortening.service.js';
import { AccessTelling } from './access-telling.service.js';
import { StateConflict } from '../state-conflict.js';
import { accessEndSchema } from './share-schemas.js';
import { VersionDiffers } from './present-version.js';

const HANDLE = /^[A-Za-z0-9._~:/@+-]{1,220}$/;
/** Words that people search for. */
const WORDS = /^[^\p{Cc}\p{Cs}]{0,100}$/u;
const MOST_ATTEMPTS = 3;

const PASSING = { passthrough: true };

/** {issuer}/me/access: who can use what of the owner's, however it was given, and the end of it. */
@Controller('me/access')
@UseGuards(OwnerGuard)
export class AccessController {
  constructor(
    private readonly lists: AccessLists,
    private readonly entries: AccessEntries,
    private readonly telling: AccessTelling,
    private readonly ends: AccessEnd,
    private readonly shortening: AccessShortening,
    private readonly removed: RemovedAccessStore,
  ) {}

  @Get()
  async list(
    @Owner() owner: OwnerId,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<AccessList> {
    const wanted = { resourceId: filterOf(query, 'resource_id', HANDLE), holder: filterOf(query, 'holder', HANDLE) };
    const asked = {
      by: filterOf(query, 'by', /^(holder|resource)$/) === 'resource' ? ('resource' as const) : ('holder' as const),
      filter: (filterOf(query, 'filter', new RegExp(`^(${ACCESS_FILTERS.join('|')})$`)) ?? 'all') as AccessFilter,
      q: filterOf(query, 'q', WORDS) ?? '',
    };
    const page = pageRequestOf(query, OWNER_PAGE);
    return this.lists.list(owner, { query: asked, wanted, page }, languagesOf(accepted));
  }

  /** One that is over is read as it was, for thirty days. */
  @Get(':id')
  async read(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Headers('accept-language') accepted: string | undefined,
    @Res(PASSING) reply: FastifyReply,
  ): Promise<AccessView> {
    const view = await this.view(owner, id, languagesOf(accepted));
    reply.header('etag', entityTag(Number(view.version)));
    return view;
  }

  /** `cut_off=true` for that by which the service that keeps her things asks who may use them: else nothing ends. */
  @Delete(':id')
  @Changes()
  @HttpCode(200)
  async end(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Headers() headers: IncomingHttpHeaders,
    @Query() query: Record<string, unknown>,
  ): Promise<RevocationResult> {
    const languages = languagesOf(headers['accept-language']);
    const cutsOff = filterOf(query, 'cut_off', /^true$/) !== undefined;
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const entry = await this.expected(owner, id, expectedVersions(headers['if-match']), languages);
      if (keepsTheData(entry) && !cutsOff)
        throw new StateConflict('invalid_state', 'keeps_the_data', await this.telling.row(owner, entry, languages));
      const outcome = await this.ends.end(owner, entry);
      if (outcome !== 'changed') return outcome;
    }
    throw new OAuthError('temporarily_unavailable', 'conflict', { 'retry-after': '1' });
  }

  /** Gives what an application holds by consent an earlier end; a share is changed as one. */
  @Put(':id')
  @Changes()
  async shorten(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers() headers: IncomingHttpHeaders,
  ): Promise<AccessRow> {
    const seen = requiredVersions(headers['if-match']);
    const { until } = parseBody(accessEndSchema, body, 'share_malformed');
    const languages = languagesOf(headers['accept-language']);
    const entry = await this.expected(owner, id, seen, languages);
    if (keepsTheData(entry))
      throw new StateConflict('invalid_state', 'keeps_the_data', await this.telling.row(owner, entry, languages));
    const isShortened = await this.shortening.shorten(owner, entry, Date.parse(until));
    const present = await this.entries.find(owner, id);
    if (!present) throw new OAuthError('not_found', 'not_found');
    const row = await this.telling.row(owner, present, languages);
    if (!isShortened) throw new VersionDiffers(row);
    return row;
  }

  /** @throws OAuthError not_found; VersionDiffers where it is another one than she saw */
  private async expected(
    owner: OwnerId,
    id: string,
    seen: readonly number[] | undefined,
    languages: Languages,
  ): Promise<AccessEntry> {
    const entry = await this.entries.find(owner, id);
    if (!entry) throw new OAuthError('not_found', 'not_found');
    if (!seen || seen.includes(entry.version)) return entry;
    throw new VersionDiffers(await this.telling.row(owner, entry, languages));
  }

  private async view(owner: OwnerId, id: string, languages: Languages): Promise<AccessView> {
    const entry = await this.entries.find(owner, id);
    if (entry) return this.telling.view(owner, entry, languages);
    const removed = await this.removed.latestOf(id, owner);
    if (!removed) throw new OAuthError('not_found', 'not_found');
    return this.telling.ended(owner, removed, languages);
  }
}
