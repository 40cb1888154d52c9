import {
  Body,
  Controller,
  Delete,
  Get,
  Headers,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Res,
  UseGuards,
} from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Policy, PolicyChangeProblem, PolicyDraft, PolicySubject } from '@valetkey/uma';
import { OwnerPolicies, PolicyStore } from '@valetkey/uma';
import type { FastifyReply } from 'fastify';
import { entityTag, expectedVersions, requiredVersions } from '../http/if-match.js';
import { filterOf, pageRequestOf } from '../http/page-query.js';
import { SharingWindow } from './access/sharing-window.service.js';
import { NamedHolders } from './directory/named-holders.service.js';
import type { ListAnswer } from './list-answer.js';
import { listAnswer } from './list-answer.js';
import { OwnerAnswers } from './owner-answers.service.js';
import { Changes, Owner, OwnerGuard } from './owner.guard.js';
import type { PolicyBody } from './owner-schemas.js';
import { IDENTIFIER, parseBody, policySchema } from './owner-schemas.js';
import { policyProblem } from './policy-problem.js';
import { OWNER_PAGE } from './owner-pages.js';

/** The framework still sends what a handler returns. */
const PASSING = { passthrough: true };

/** {issuer}/me/policies: what the owner permits ("shares"). */
@Controller('me/policies')
@UseGuards(OwnerGuard)
export class PoliciesController {
  constructor(
    private readonly policies: OwnerPolicies,
    private readonly store: PolicyStore,
    private readonly answers: OwnerAnswers,
    private readonly window: SharingWindow,
    private readonly named: NamedHolders,
  ) {}

  @Get()
  async list(@Owner() owner: OwnerId, @Query() query: Record<string, unknown>): Promise<ListAnswer> {
    const resourceId = filterOf(query, 'resource_id', IDENTIFIER);
    const page = await this.store.page(owner, pageRequestOf(query, OWNER_PAGE), resourceId);
    return listAnswer(page, (policy) => this.answers.policy(policy));
  }

  @Get(':id')
  async read(@Owner() owner: OwnerId, @Param('id') id: string, @Res(PASSING) reply: FastifyReply): Promise<unknown> {
    return this.answer(reply, (await this.store.find(id, owner)) ?? 'not_found');
  }

  @Post()
  @Changes()
  async create(@Owner() owner: OwnerId, @Body() body: unknown, @Res(PASSING) reply: FastifyReply): Promise<unknown> {
    const draft = await this.draftOf(owner, body);
    return this.answer(reply, await this.policies.create(owner, draft));
  }

  @Put(':id')
  @Changes()
  async replace(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Body() body: unknown,
    @Res(PASSING) reply: FastifyReply,
  ): Promise<unknown> {
    const expected = requiredVersions(reply.request.headers['if-match']);
    const draft = await this.draftOf(owner, body);
    return this.answer(reply, await this.policies.replace(owner, id, draft, expected));
  }

  @Delete(':id')
  @Changes()
  @HttpCode(204)
  async remove(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<void> {
    const outcome = await this.policies.delete(owner, id, expectedVersions(ifMatch));
    if (outcome !== 'deleted') throw policyProblem(outcome);
  }

  /** @throws OAuthError invalid_request when the body does not fit, for an end that is past or too late, and for somebody she may not name */
  private async draftOf(owner: OwnerId, body: unknown): Promise<PolicyDraft> {
    const parsed = parseBody(policySchema, body, 'policy_malformed');
    const { not_before: from, expires_at: until = null } = parsed;
    const draft = { ...toDraft(parsed), ...this.window.bounded({ from, until }, 'policy_malformed') };
    if (draft.subject.type === 'account') await this.named.admit(owner, draft.subject.accountId);
    return draft;
  }

  private answer(reply: FastifyReply, outcome: Policy | PolicyChangeProblem): unknown {
    if (typeof outcome !== 'string') {
      reply.header('etag', entityTag(outcome.version));
      return this.answers.policy(outcome);
    }
    throw policyProblem(outcome);
  }
}

function toDraft(body: PolicyBody): Omit<PolicyDraft, 'notBefore' | 'expiresAt'> {
  return {
    resourceId: body.resource_id,
    subject: toSubject(body.subject),
    clientId: body.client_id ?? null,
    scopes: body.scopes,
    maxClaimsAge: toDuration(body.max_claims_age),
    minAcr: body.min_acr ?? null,
    maxAuthAge: toDuration(body.max_auth_age),
  };
}

function toSubject(subject: PolicyBody['subject']): PolicySubject {
  return subject.type === 'account' ? { type: 'account', accountId: subject.account_id } : subject;
}

function toDuration(seconds: number | undefined): number | null {
  return seconds === undefined ? null : seconds * 1000;
}
