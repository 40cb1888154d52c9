import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { HandoverPreview, HandoverView, ListAnswer, RevocationResult } from '@valetkey/owner-contract';
import type { Handover } from '@valetkey/uma';
import { Handovers, HandoverStore } from '@valetkey/uma';
import { pageRequestOf } from '../../http/page-query.js';
import { ConsoleNames } from '../naming/console-names.service.js';
import { accountHandle } from '../subjects/subject-handle.js';
import { languagesOf, OWNER_PAGE } from '../owner-pages.js';
import { parseBody } from '../owner-schemas.js';
import { Changes, Owner, OwnerGuard } from '../owner.guard.js';
import { StateConflict } from '../state-conflict.js';
import { handoverPreview, handoverView } from './handover-answers.js';
import { HandoverPlans } from './handover-plans.service.js';
import { handoverSchema } from './handover-schemas.js';

/** {issuer}/me/handovers: somebody acts in the owner's place while she is away. */
@Controller('me/handovers')
@UseGuards(OwnerGuard)
export class HandoversController {
  constructor(
    private readonly handovers: Handovers,
    private readonly store: HandoverStore,
    private readonly plans: HandoverPlans,
    private readonly names: ConsoleNames,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(@Owner() owner: OwnerId, @Query() query: Record<string, unknown>): Promise<ListAnswer<HandoverView>> {
    const page = await this.store.page(owner, pageRequestOf(query, OWNER_PAGE));
    const items = await this.views(page.items);
    return { items, ...(page.next !== undefined && { next_cursor: page.next }) };
  }

  /** What it would give; nothing is written. */
  @Post('preview')
  @Changes()
  @HttpCode(200)
  async preview(
    @Owner() owner: OwnerId,
    @Body() body: unknown,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<HandoverPreview> {
    const plan = await this.plans.of(
      owner,
      parseBody(handoverSchema, body, 'handover_malformed'),
      languagesOf(accepted),
    );
    const { accountId, notBefore, expiresAt } = plan.draft;
    const now = this.clock.now();
    const away = await this.store.overlapping(`account:${accountId}`, notBefore ?? now, expiresAt);
    return handoverPreview(owner, plan, away, now);
  }

  @Post()
  @Changes()
  async create(@Owner() owner: OwnerId, @Body() body: unknown): Promise<HandoverView> {
    const { draft } = await this.plans.of(owner, parseBody(handoverSchema, body, 'handover_malformed'), []);
    if (draft.given.length === 0) throw new OAuthError('invalid_request', 'nothing_given');
    const outcome = await this.handovers.create(owner, draft);
    if (typeof outcome === 'string') throw problem(outcome);
    if ('present' in outcome)
      throw new StateConflict('invalid_state', 'handed_over_already', await this.view(outcome.present));
    return this.view(outcome);
  }

  /** "I am back": all of it ends at once. */
  @Delete(':id')
  @Changes()
  @HttpCode(200)
  async end(@Owner() owner: OwnerId, @Param('id') id: string): Promise<RevocationResult> {
    const outcome = await this.handovers.end(owner, id);
    if (outcome === 'over') {
      const handover = await this.store.find(id, owner);
      throw new StateConflict('invalid_state', 'handover_over', handover && (await this.view(handover)));
    }
    if (typeof outcome === 'string') throw problem(outcome);
    const { shares, tokens } = outcome;
    const ended = { accesses: shares, tokens, people: shares > 0 ? 1 : 0, applications: 0 };
    return { ended, could_not_end: [], removed: [] };
  }

  private async views(handovers: readonly Handover[]): Promise<HandoverView[]> {
    const words = await this.names.of({ accounts: handovers.map(({ accountId }) => accountId) }, []);
    return handovers.map((handover) => handoverView(handover, words, this.clock.now()));
  }

  private async view(handover: Handover): Promise<HandoverView> {
    const [view] = await this.views([handover]);
    if (!view) throw new Error(`nothing is told of ${accountHandle(handover.accountId)}`);
    return view;
  }
}

function problem(outcome: 'not_found' | 'scope_unknown' | 'too_many' | 'stale' | 'busy'): OAuthError {
  switch (outcome) {
    case 'not_found':
      return new OAuthError('not_found', 'not_found');
    case 'scope_unknown':
      return new OAuthError('invalid_scope', 'scope_not_registered');
    case 'too_many':
      return new OAuthError('invalid_request', 'too_many_policies');
    case 'stale':
    case 'busy':
      return new OAuthError('temporarily_unavailable', 'conflict', { 'retry-after': '1' });
  }
}
