import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query, Res, UseGuards } from '@nestjs/common';
import type { Page } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { AccessRequest, Denial, DecisionProblem } from '@valetkey/uma';
import { AccessRequests, AccessRequestStore, plainReason } from '@valetkey/uma';
import type { FastifyReply } from 'fastify';
import { entityTag, expectedVersions } from '../../http/if-match.js';
import { filterOf, pageRequestOf } from '../../http/page-query.js';
import type { ListAnswer } from '../list-answer.js';
import { languagesOf, OWNER_PAGE } from '../owner-pages.js';
import { Changes, comesBySession, Owner, OwnerGuard } from '../owner.guard.js';
import { denialSchema, parseBody } from '../owner-schemas.js';
import { StateConflict } from '../state-conflict.js';
import { ApprovalTerms } from './approval-terms.service.js';
import { RequestAnswers } from './request-answers.service.js';

const DAY = 86_400_000;
/** The framework still sends what a handler returns. */
const PASSING = { passthrough: true };

/** {issuer}/me/requests: who waits for the owner's word, and her answer. */
@Controller('me/requests')
@UseGuards(OwnerGuard)
export class RequestsController {
  constructor(
    private readonly requests: AccessRequests,
    private readonly store: AccessRequestStore,
    private readonly answers: RequestAnswers,
    private readonly terms: ApprovalTerms,
    private readonly clock: Clock,
  ) {}

  @Get()
  async list(
    @Owner() owner: OwnerId,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<ListAnswer> {
    return this.answers.list(owner, await this.page(owner, query), languagesOf(accepted));
  }

  @Get(':id')
  async read(@Owner() owner: OwnerId, @Param('id') id: string, @Res(PASSING) reply: FastifyReply): Promise<unknown> {
    return this.answer(reply, (await this.store.findOfOwner(id, owner)) ?? 'not_found');
  }

  @Post(':id/approve')
  @Changes()
  @HttpCode(200)
  async approve(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res(PASSING) reply: FastifyReply,
  ): Promise<unknown> {
    const approval = comesBySession(reply.request)
      ? await this.terms.bySession(owner, id, body)
      : this.terms.byToken(body);
    const resting = await this.terms.withoutHolder(owner, id);
    if (resting) {
      const languages = languagesOf(reply.request.headers['accept-language']);
      throw new StateConflict('invalid_state', 'holder_rests', await this.answers.one(resting, languages));
    }
    const outcome = await this.requests.approve(owner, id, approval, seenBy(reply));
    return this.answer(reply, outcome, { owner, id });
  }

  @Post(':id/deny')
  @Changes()
  @HttpCode(200)
  async deny(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res(PASSING) reply: FastifyReply,
  ): Promise<unknown> {
    const outcome = await this.requests.deny(owner, id, this.denialOf(body), seenBy(reply));
    return this.answer(reply, outcome, { owner, id });
  }

  /** Takes a no back, while the request would still wait. */
  @Post(':id/reopen')
  @Changes()
  @HttpCode(200)
  async reopen(@Owner() owner: OwnerId, @Param('id') id: string, @Res(PASSING) reply: FastifyReply): Promise<unknown> {
    return this.answer(reply, await this.requests.reopen(owner, id, seenBy(reply)), { owner, id });
  }

  private page(owner: OwnerId, query: Record<string, unknown>): Promise<Page<AccessRequest>> {
    const wanted = pageRequestOf(query, OWNER_PAGE);
    const state = filterOf(query, 'state', /^(pending|answered)$/);
    if (state === undefined) return this.store.page(owner, wanted);
    const now = this.clock.now();
    return state === 'pending'
      ? this.store.pagePending(owner, now, wanted)
      : this.store.pageAnswered(owner, now, wanted);
  }

  private denialOf(body: unknown): Denial {
    const { reason, mute_days: days } = parseBody(denialSchema, body ?? {}, 'decision_malformed');
    const line = plainReason(reason);
    return {
      ...(line !== undefined && { reason: line }),
      ...(days !== undefined && { mutedUntil: this.clock.now() + days * DAY }),
    };
  }

  /** @param asked - whose request; absent where nothing was to be changed */
  private async answer(
    reply: FastifyReply,
    outcome: AccessRequest | DecisionProblem,
    asked?: { readonly owner: OwnerId; readonly id: string },
  ): Promise<unknown> {
    const languages = languagesOf(reply.request.headers['accept-language']);
    if (typeof outcome !== 'string') {
      reply.header('etag', entityTag(outcome.version));
      return this.answers.one(outcome, languages);
    }
    if (!isLate(outcome) || !asked) throw problem(outcome);
    const request = await this.store.findOfOwner(asked.id, asked.owner);
    const current = request && (await this.answers.one(request, languages));
    if (outcome === 'stale') throw new StateConflict('precondition_failed', 'version_differs', current);
    throw new StateConflict('invalid_state', outcome, current);
  }
}

function seenBy(reply: FastifyReply): readonly number[] | undefined {
  return expectedVersions(reply.request.headers['if-match']);
}

type Late = Extract<DecisionProblem, 'not_pending' | 'not_denied' | 'stale'>;

function isLate(outcome: DecisionProblem): outcome is Late {
  return outcome === 'not_pending' || outcome === 'not_denied' || outcome === 'stale';
}

function problem(outcome: DecisionProblem): OAuthError {
  switch (outcome) {
    case 'not_found':
      return new OAuthError('not_found', 'not_found');
    case 'not_pending':
    case 'not_denied':
      return new OAuthError('invalid_state', outcome);
    case 'stale':
      return new OAuthError('precondition_failed', 'version_differs');
    case 'wider_than_asked':
      return new OAuthError('invalid_scope', 'wider_than_asked');
    case 'too_many':
      return new OAuthError('invalid_request', 'too_many_policies');
    case 'nothing_given':
    case 'nothing_left':
      return new OAuthError('invalid_request', outcome);
    case 'busy':
      return new OAuthError('temporarily_unavailable', 'conflict', { 'retry-after': '1' });
  }
}
