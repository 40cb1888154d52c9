import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { AccessRequest, DecisionProblem } from '@valetkey/uma';
import { AccessRequests, AccessRequestStore } from '@valetkey/uma';
import { filterOf, pageRequestOf } from '../http/page-query.js';
import type { ListAnswer } from './list-answer.js';
import { languagesOf, OWNER_PAGE } from './owner-pages.js';
import { Changes, Owner, OwnerGuard } from './owner.guard.js';
import { approvalSchema, parseBody } from './owner-schemas.js';
import { RequestAnswers } from './request-answers.service.js';

/** {issuer}/me/requests: who waits for the owner's word, and her answer. */
@Controller('me/requests')
@UseGuards(OwnerGuard)
export class RequestsController {
  constructor(
    private readonly requests: AccessRequests,
    private readonly store: AccessRequestStore,
    private readonly answers: RequestAnswers,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @Owner() owner: OwnerId,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<ListAnswer> {
    const wanted = pageRequestOf(query, OWNER_PAGE);
    const page =
      filterOf(query, 'state', /^pending$/) !== undefined
        ? await this.store.pagePending(owner, this.clock.now(), wanted)
        : await this.store.page(owner, wanted);
    return this.answers.list(page, languagesOf(accepted));
  }

  @Get(':id')
  async read(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<unknown> {
    return this.answer(accepted, (await this.store.findOfOwner(id, owner)) ?? 'not_found');
  }

  @Post(':id/approve')
  @Changes()
  @HttpCode(200)
  async approve(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<unknown> {
    const { scopes, expires_at: expiresAt } = parseBody(approvalSchema, body ?? {}, 'decision_malformed');
    const over = expiresAt !== undefined && Date.parse(expiresAt) <= this.clock.now();
    if (over) throw new OAuthError('invalid_request', 'decision_malformed');
    const approval = {
      expiresAt: expiresAt === undefined ? null : Date.parse(expiresAt),
      ...(scopes && { scopes: new Map(Object.entries(scopes)) }),
    };
    return this.answer(accepted, await this.requests.approve(owner, id, approval));
  }

  @Post(':id/deny')
  @Changes()
  @HttpCode(200)
  async deny(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<unknown> {
    return this.answer(accepted, await this.requests.deny(owner, id));
  }

  private async answer(accepted: string | undefined, outcome: AccessRequest | DecisionProblem): Promise<unknown> {
    if (typeof outcome !== 'string') return this.answers.one(outcome, languagesOf(accepted));
    switch (outcome) {
      case 'not_found':
        throw new OAuthError('not_found', 'not_found');
      case 'not_pending':
        throw new OAuthError('invalid_state', 'not_pending');
      case 'wider_than_asked':
        throw new OAuthError('invalid_scope', 'wider_than_asked');
      case 'too_many':
        throw new OAuthError('invalid_request', 'too_many_policies');
      case 'nothing_given':
        throw new OAuthError('invalid_request', 'nothing_given');
      case 'nothing_left':
        throw new OAuthError('invalid_request', 'nothing_left');
      case 'busy':
        throw new OAuthError('temporarily_unavailable', 'conflict', { 'retry-after': '1' });
    }
  }
}
