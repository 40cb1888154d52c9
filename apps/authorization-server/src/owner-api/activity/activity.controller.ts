import { Controller, Get, Headers, Query, Res, UseGuards } from '@nestjs/common';
import type { ActivityFilter } from '@valetkey/activity';
import { ActivityStore } from '@valetkey/activity';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { ActivityKind, ActivityRow, ListAnswer } from '@valetkey/owner-contract';
import type { FastifyReply } from 'fastify';
import { filterOf, pageRequestOf } from '../../http/page-query.js';
import { messagesFor } from '../../pages/messages/messages-for.js';
import { languagesOf, OWNER_PAGE } from '../owner-pages.js';
import { Owner, OwnerGuard } from '../owner.guard.js';
import { ActivitySearch } from './activity-search.service.js';
import { activityHead, activityLine } from './activity-table.js';
import { ActivityRows } from './activity-rows.service.js';

const HANDLE = /^[A-Za-z0-9._~:/@+-]{1,220}$/;
const LANGUAGE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/;
/** Words that people search for. */
const WORDS = /^[^\p{Cc}\p{Cs}]{0,100}$/u;
const KIND = /^[a-z_]{1,30}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;
/** Lines of one download. */
const MOST_LINES = 10_000;
const LINES_AT_ONCE = 200;

const PASSING = { passthrough: true };

type Query = Record<string, unknown>;

/** {issuer}/me/activity: everything that happened to the owner's things, newest first. */
@Controller('me/activity')
@UseGuards(OwnerGuard)
export class ActivityController {
  constructor(
    private readonly store: ActivityStore,
    private readonly rows: ActivityRows,
    private readonly search: ActivitySearch,
  ) {}

  @Get()
  async list(
    @Owner() owner: OwnerId,
    @Query() query: Query,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<ListAnswer<ActivityRow>> {
    const wanted = { filter: activityFilterOf(query), q: filterOf(query, 'q', WORDS) ?? '' };
    return this.search.page(owner, wanted, pageRequestOf(query, OWNER_PAGE), languagesOf(accepted));
  }

  /** The same as a table: its newest ten thousand lines. A link says in which language, since browsers ask for theirs. */
  @Get('table')
  async table(
    @Owner() owner: OwnerId,
    @Query() query: Query,
    @Headers('accept-language') accepted: string | undefined,
    @Res(PASSING) reply: FastifyReply,
  ): Promise<string> {
    const filter = activityFilterOf(query);
    const lang = filterOf(query, 'lang', LANGUAGE);
    const languages = [...(lang === undefined ? [] : [lang]), ...languagesOf(accepted)];
    const { locale } = messagesFor(languages);
    const parts = [activityHead(locale)];
    let after: string | undefined;
    for (let lines = 0; lines < MOST_LINES; lines += LINES_AT_ONCE) {
      const page = await this.store.page(owner, filter, {
        limit: LINES_AT_ONCE,
        ...(after !== undefined && { after }),
      });
      const rows = await this.rows.of(page.items, languages);
      parts.push(...rows.map((row) => activityLine(row, locale)));
      after = page.next;
      if (after === undefined) break;
    }
    reply.headers({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="activity.csv"',
    });
    return parts.join('');
  }
}

/** @throws OAuthError invalid_request for a value that none could have */
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
