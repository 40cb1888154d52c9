import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Put, Query, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { Policy, PolicyDraft, PolicyProblem, PolicySubject } from '@valetkey/uma';
import { OwnerPolicies, PolicyStore } from '@valetkey/uma';
import { pageRequestOf } from '../http/page-query.js';
import type { ListAnswer } from './owner-answers.service.js';
import { OwnerAnswers } from './owner-answers.service.js';
import { Changes, Owner, OwnerGuard } from './owner.guard.js';
import type { PolicyBody } from './owner-schemas.js';
import { parseBody, policySchema } from './owner-schemas.js';
import { OWNER_PAGE } from './owner-pages.js';

/** {issuer}/me/policies: what the owner permits ("shares"). */
@Controller('me/policies')
@UseGuards(OwnerGuard)
export class PoliciesController {
  constructor(
    private readonly policies: OwnerPolicies,
    private readonly store: PolicyStore,
    private readonly answers: OwnerAnswers,
  ) {}

  @Get()
  async list(@Owner() owner: OwnerId, @Query() query: Record<string, unknown>): Promise<ListAnswer> {
    const { resource_id: resourceId } = query;
    const page = await this.store.page(
      owner,
      pageRequestOf(query, OWNER_PAGE),
      typeof resourceId === 'string' ? resourceId : undefined,
    );
    return this.answers.list(page, (policy) => this.answers.policy(policy));
  }

  @Get(':id')
  async read(@Owner() owner: OwnerId, @Param('id') id: string): Promise<unknown> {
    const policy = await this.store.find(id, owner);
    if (!policy) throw new OAuthError('not_found', 'not_found');
    return this.answers.policy(policy);
  }

  @Post()
  @Changes()
  async create(@Owner() owner: OwnerId, @Body() body: unknown): Promise<unknown> {
    const draft = toDraft(parseBody(policySchema, body, 'policy_malformed'));
    return this.answer(await this.policies.create(owner, draft));
  }

  @Put(':id')
  @Changes()
  async replace(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Body() body: unknown,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<unknown> {
    const draft = toDraft(parseBody(policySchema, body, 'policy_malformed'));
    const expected = ifMatch === undefined ? undefined : Number(/^"(\d{1,9})"$/.exec(ifMatch)?.[1] ?? NaN);
    return this.answer(await this.policies.replace(owner, id, draft, expected));
  }

  @Delete(':id')
  @Changes()
  @HttpCode(204)
  async remove(@Owner() owner: OwnerId, @Param('id') id: string): Promise<void> {
    if (!(await this.policies.delete(owner, id))) throw new OAuthError('not_found', 'not_found');
  }

  private answer(outcome: Policy | PolicyProblem): unknown {
    if (typeof outcome !== 'string') return this.answers.policy(outcome);
    switch (outcome) {
      case 'scope_unknown':
        throw new OAuthError('invalid_scope', 'scope_not_registered');
      case 'too_many':
        throw new OAuthError('invalid_request', 'too_many_policies');
      case 'stale':
        throw new OAuthError('precondition_failed', 'version_differs');
      case 'not_found':
        throw new OAuthError('not_found', 'not_found');
    }
  }
}

function toDraft(body: PolicyBody): PolicyDraft {
  return {
    resourceId: body.resource_id,
    subject: toSubject(body.subject),
    clientId: body.client_id ?? null,
    scopes: body.scopes,
    notBefore: toInstant(body.not_before),
    expiresAt: toInstant(body.expires_at),
    maxClaimsAge: body.max_claims_age === undefined ? null : body.max_claims_age * 1000,
  };
}

function toSubject(subject: PolicyBody['subject']): PolicySubject {
  return subject.type === 'account' ? { type: 'account', accountId: subject.account_id } : subject;
}

function toInstant(text: string | undefined): number | null {
  return text === undefined ? null : Date.parse(text);
}
