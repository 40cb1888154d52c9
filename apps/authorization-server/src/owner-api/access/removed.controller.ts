import { Controller, Get, Headers, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { GivenBackRow, ListAnswer, RemovedRow } from '@valetkey/owner-contract';
import type { GiveBackProblem } from '@valetkey/uma';
import { GIVE_BACK_FOR, GivenBack, RemovedAccessStore } from '@valetkey/uma';
import { pageRequestOf } from '../../http/page-query.js';
import { languagesOf, OWNER_PAGE } from '../owner-pages.js';
import { Changes, Owner, OwnerGuard } from '../owner.guard.js';
import { AccessEntries } from './access-entries.service.js';
import { AccessTelling } from './access-telling.service.js';
import { RemovedRows } from './removed-rows.service.js';

/** {issuer}/me/removed: what ended in the last seven days, and its way back. */
@Controller('me/removed')
@UseGuards(OwnerGuard)
export class RemovedController {
  constructor(
    private readonly store: RemovedAccessStore,
    private readonly rows: RemovedRows,
    private readonly givenBack: GivenBack,
    private readonly entries: AccessEntries,
    private readonly telling: AccessTelling,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @Owner() owner: OwnerId,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<ListAnswer<RemovedRow>> {
    const since = this.clock.now() - GIVE_BACK_FOR;
    const page = await this.store.page(owner, since, pageRequestOf(query, OWNER_PAGE));
    const items = await this.rows.of(owner, page.items, languagesOf(accepted));
    return { items, ...(page.next !== undefined && { next_cursor: page.next }) };
  }

  /** A new share or consent on the same terms; what it led to before stays ended. */
  @Post(':id/give-back')
  @Changes()
  @HttpCode(201)
  async giveBack(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<GivenBackRow> {
    const outcome = await this.givenBack.giveBack(owner, id);
    if (typeof outcome === 'string') throw problem(outcome);
    const entry = await this.entries.find(owner, outcome.accessId);
    if (!entry) throw new OAuthError('invalid_state', 'nothing_to_give_back');
    const row = await this.telling.row(owner, entry, languagesOf(accepted));
    return { ...row, ...(entry.consent && { asks_again: true }) };
  }
}

function problem(outcome: GiveBackProblem): OAuthError {
  switch (outcome) {
    case 'not_found':
      return new OAuthError('not_found', 'not_found');
    case 'over':
      return new OAuthError('invalid_state', 'nothing_to_give_back');
    case 'nothing_left':
      return new OAuthError('invalid_state', 'nothing_left');
    case 'holder_rests':
      return new OAuthError('invalid_state', 'holder_rests');
    case 'too_many':
      return new OAuthError('invalid_request', 'too_many_policies');
    case 'busy':
      return new OAuthError('temporarily_unavailable', 'conflict', { 'retry-after': '1' });
  }
}
