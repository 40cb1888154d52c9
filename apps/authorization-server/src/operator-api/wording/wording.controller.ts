import { Body, Controller, Get, Headers, HttpCode, Param, Post, Put, Query, UseGuards } from '@nestjs/common';
import { SecurityEvents } from '@valetkey/audit';
import { toPage } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { Wording, WordingAnswer, WordingDetail, WordingRow } from '@valetkey/operator-contract';
import { requiredVersions } from '../../http/if-match.js';
import { filterOf, pageRequestOf } from '../../http/page-query.js';
import { parseBody } from '../../owner-api/owner-schemas.js';
import { StateConflict } from '../../owner-api/state-conflict.js';
import type {
  OperatorWordingView,
  SeenVersions,
  WordingProblem,
} from '../../owner-api/wording/operator-wording.service.js';
import { OperatorWording } from '../../owner-api/wording/operator-wording.service.js';
import type { Actor } from '../operator.guard.js';
import { Operator, OperatorGuard } from '../operator.guard.js';
import { idOfScope, scopeOfId } from './scope-id.js';
import { WordingList } from './wording-list.service.js';
import { WordingRefused } from './wording-refused.js';
import { withoutEmpty, wordingSchema } from './wording-schema.js';

/** A cursor is the id of a scope. */
const PAGE = { usual: 50, most: 200, cursor: 200 };

interface Change {
  readonly id: string;
  readonly event: string;
  readonly actor: Actor;
}

type Outcome = OperatorWordingView | WordingProblem;

/** {issuer}/operator-api/wording: what owners read instead of the names of scopes. */
@Controller('operator-api/wording')
@UseGuards(OperatorGuard)
export class WordingController {
  constructor(
    private readonly list: WordingList,
    private readonly wording: OperatorWording,
    private readonly events: SecurityEvents,
  ) {}

  @Get()
  async read(@Query() query: Record<string, unknown>): Promise<WordingAnswer> {
    const { limit, after } = pageRequestOf(query, PAGE);
    const words = filterOf(query, 'search', /^[^\p{Cc}\p{Cs}]{0,100}$/u) ?? '';
    const onlyLacking = filterOf(query, 'state', /^lacking$/) !== undefined;
    const found = await this.list.find({ words, onlyLacking });
    const from = after === undefined ? '' : (scopeOfId(after) ?? malformed());
    const rows = found.items.filter(({ scope }) => scope > from).slice(0, limit + 1);
    const { items, next } = toPage(
      rows,
      limit,
      (row) => row,
      ({ id }) => id,
    );
    return { ...found, items, ...(next !== undefined && { next_cursor: next }) };
  }

  /** One scope, also one that is not listed: it may be worded before a resource comes with it. */
  @Get(':id')
  async readOne(@Param('id') id: string): Promise<WordingDetail> {
    const scope = scopeOfId(id);
    const [view] = scope === undefined ? [] : await this.wording.views([scope]);
    if (!view) throw new OAuthError('not_found', 'not_found');
    return { ...(await this.list.row(view)), languages: this.wording.languages };
  }

  /** Keeps words as a draft, or publishes them: then they are complete and fit for owners, or refused with what is not. */
  @Put(':id')
  save(
    @Operator() actor: Actor,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
    @Body() body: unknown,
  ): Promise<WordingRow> {
    const expected = requiredVersions(ifMatch);
    const { words: written, publish } = parseBody(wordingSchema, body, 'wording_malformed');
    const words = withoutEmpty(written);
    const event = publish ? 'wording_published' : 'wording_drafted';
    return this.change({ id, event, actor }, (scope) =>
      publish ? this.publish(scope, words, expected) : this.wording.saveDraft(scope, words, expected),
    );
  }

  /** From now on nobody can give the scope. */
  @Post(':id/withdraw')
  @HttpCode(200)
  withdraw(
    @Operator() actor: Actor,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<WordingRow> {
    const expected = requiredVersions(ifMatch);
    return this.change({ id, event: 'wording_withdrawn', actor }, (scope) => this.wording.withdraw(scope, expected));
  }

  /** Gives up all that was written here: the words of the configuration's file are in force again. */
  @Post(':id/reset')
  @HttpCode(200)
  reset(
    @Operator() actor: Actor,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<WordingRow> {
    const expected = requiredVersions(ifMatch);
    return this.change({ id, event: 'wording_reset', actor }, (scope) => this.wording.reset(scope, expected));
  }

  private async publish(scope: string, words: Wording, expected: SeenVersions): Promise<Outcome> {
    const outcome = await this.wording.publish(scope, words, expected);
    if (outcome === 'unfit') throw new WordingRefused(this.wording.faults(words));
    return outcome;
  }

  private async change({ id, event, actor }: Change, make: (scope: string) => Promise<Outcome>): Promise<WordingRow> {
    const scope = scopeOfId(id);
    if (scope === undefined) throw new OAuthError('not_found', 'not_found');
    const outcome = await make(scope);
    if (typeof outcome === 'string') return this.refuse(scope, outcome);
    this.events.record({ event, accountId: actor.accountId, reference: idOfScope(scope) });
    return this.list.row(outcome);
  }

  /** With how it is now. */
  private async refuse(scope: string, problem: WordingProblem): Promise<never> {
    if (problem === 'too_many') throw new OAuthError('invalid_state', 'too_many_wordings');
    const [view] = await this.wording.views([scope]);
    if (!view) throw new OAuthError('not_found', 'not_found');
    throw new StateConflict('precondition_failed', 'version_differs', await this.list.row(view));
  }
}

function malformed(): never {
  throw new OAuthError('invalid_request', 'page_malformed');
}
