import { Controller, Get, Headers, Query, Res, UseGuards } from '@nestjs/common';
import type { ActivityFilter } from '@valetkey/activity';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { ActivityKind, ActivityRow, ListAnswer } from '@valetkey/owner-contract';
import type { FastifyReply } from 'fastify';
import { filterOf, pageRequestOf } from '../../http/page-query.js';
import { messagesFor } from '../../pages/messages/messages-for.js';
import { languagesOf, OWNER_PAGE } from '../owner-pages.js';
import { Owner, OwnerGuard } from '../owner.guard.js';
import type { WantedActivity } from './activity-search.service.js';
import { ActivitySearch } from './activity-search.service.js';
import { activityHead, activityLine } from './activity-table.js';

const HANDLE = /^[A-Za-z0-9._~:/@+-]{1,220}$/;
const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/;
/** Words that people search for. */
const WORDS = /^[^\p{Cc}\p{Cs}]{0,100}$/u;
const KIND = /^[a-z_]{1,30}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

const PASSING = { passthrough: true };

type Query = Record<string, unknown>;

/** {issuer}/me/activity: everything that happened to the owner's things, newest first. */
@Controller('me/activity')
@UseGuards(OwnerGuard)
export class ActivityController {
  constructor(private readonly search: ActivitySearch) {}

  @Get()
  async list(
    @Owner() owner: OwnerId,
    @Query() query: Query,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<ListAnswer<ActivityRow>> {
    return this.search.page(owner, wantedOf(query), pageRequestOf(query, OWNER_PAGE), languagesOf(accepted));
  }

  /** The same as a table, of the newest ten thousand lines. A link says in which language, since browsers ask for theirs. */
  @Get('table')
  async table(
    @Owner() owner: OwnerId,
    @Query() query: Query,
    @Headers('accept-language') accepted: string | undefined,
    @Res(PASSING) reply: FastifyReply,
  ): Promise<string> {
    const lang = filterOf(query, 'lang', LANGUAGE);
    const languages = [...(lang === undefined ? [] : [lang]), ...languagesOf(accepted)];
    const { locale } = messagesFor(languages);
    const lines = await this.search.newest(owner, wantedOf(query), languages);
    reply.headers({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="activity.csv"',
    });
    return [activityHead(locale), ...lines.map((row) => activityLine(row, locale))].join('');
  }
}

/** @throws OAuthError invalid_request for a value that none could have */
function wantedOf(query: Query): WantedActivity {
  return { filter: activityFilterOf(query), q: filterOf(query, 'q', WORDS) ?? '' };
}

function activityFilterOf(query: Query): ActivityFilter {
  const [from, to] = [instantOf(query, 'from'), instantOf(query, 'to')];
  const holder = filterOf(query, 'holder', HANDLE);
  const application = filterOf(query, 'application', HANDLE);
  const resourceId = filterOf(query, 'resource_id', HANDLE);
  const accessId = filterOf(query, 'access_id', HANDLE);
  const kind = filterOf(query, 'kind', KIND) as ActivityKind | undefined;
  return {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(holder !== undefined && { holder }),
    ...(application !== undefined && { clientId: application.replace(/^client:/, '') }),
    ...(resourceId !== undefined && { resourceId }),
    ...(accessId !== undefined && { accessId }),
    ...(kind !== undefined && { kind }),
  };
}

function instantOf(query: Query, name: string): number | undefined {
  const text = filterOf(query, name, INSTANT);
  if (text === undefined) return undefined;
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new OAuthError('invalid_request', 'page_malformed');
  return instant;
}
