import { Body, Controller, Delete, Get, Headers, HttpCode, Param, Post, Query, UseGuards } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { InvitationView, ListAnswer } from '@valetkey/owner-contract';
import type { Invitation, InvitationProblem } from '@valetkey/uma';
import { Invitations, InvitationStore } from '@valetkey/uma';
import { pageRequestOf } from '../../http/page-query.js';
import { ConsoleNames } from '../naming/console-names.service.js';
import type { Languages } from '../owner-names.service.js';
import { languagesOf, OWNER_PAGE } from '../owner-pages.js';
import { parseBody } from '../owner-schemas.js';
import { Changes, Owner, OwnerGuard } from '../owner.guard.js';
import { StateConflict } from '../state-conflict.js';
import { invitationSchema } from './invitation-schema.js';
import { InvitationTerms } from './invitation-terms.service.js';
import { invitationView } from './invitation-view.js';

/** {issuer}/me/invitations: the owner offers shares to people whom nobody here finds. */
@Controller('me/invitations')
@UseGuards(OwnerGuard)
export class InvitationsController {
  constructor(
    private readonly invitations: Invitations,
    private readonly store: InvitationStore,
    private readonly terms: InvitationTerms,
    private readonly names: ConsoleNames,
    private readonly clock: Clock,
  ) {}

  /** `state=waiting`: those that can still be accepted. */
  @Get()
  async list(
    @Owner() owner: OwnerId,
    @Query() query: Record<string, unknown>,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<ListAnswer<InvitationView>> {
    const request = pageRequestOf(query, OWNER_PAGE);
    const { state } = query;
    if (state !== undefined && state !== 'waiting') throw new OAuthError('invalid_request', 'page_malformed');
    const page = await (state === undefined
      ? this.store.page(owner, request)
      : this.store.pageOfWaiting(owner, request, this.clock.now()));
    const items = await this.views(page.items, languagesOf(accepted));
    return { items, ...(page.next !== undefined && { next_cursor: page.next }) };
  }

  /** The mail is sent afterwards. The answer is the same whether somebody here has that address or not. */
  @Post()
  @Changes()
  async create(
    @Owner() owner: OwnerId,
    @Body() body: unknown,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<InvitationView> {
    const draft = await this.terms.of(owner, parseBody(invitationSchema, body, 'invitation_malformed'));
    const made = await this.invitations.create(owner, draft);
    if (typeof made === 'string') throw problem(made);
    return this.view(made, languagesOf(accepted));
  }

  /** The link opens nothing from that moment on; what was accepted before stays a share. */
  @Delete(':id')
  @Changes()
  @HttpCode(204)
  async takeBack(
    @Owner() owner: OwnerId,
    @Param('id') id: string,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<void> {
    const outcome = await this.invitations.takeBack(owner, id);
    if (outcome === 'not_found') throw new OAuthError('not_found', 'not_found');
    if (outcome === 'taken_back') return;
    const present = await this.store.find(id, owner);
    const current = present && (await this.view(present, languagesOf(accepted)));
    throw new StateConflict('invalid_state', 'invitation_over', current);
  }

  private async views(invitations: readonly Invitation[], languages: Languages): Promise<InvitationView[]> {
    const spoken = {
      accounts: invitations.flatMap(({ accountId }) => accountId ?? []),
      resourceIds: invitations.flatMap(({ resourceIds }) => resourceIds),
      scopes: invitations.flatMap(({ scopes }) => scopes),
    };
    const words = await this.names.of(spoken, languages);
    return invitations.map((invitation) => invitationView(invitation, words, this.clock.now()));
  }

  private async view(invitation: Invitation, languages: Languages): Promise<InvitationView> {
    const [view] = await this.views([invitation], languages);
    if (!view) throw new Error('nothing is told of an invitation');
    return view;
  }
}

function problem(outcome: InvitationProblem): OAuthError {
  switch (outcome) {
    case 'not_found':
      return new OAuthError('not_found', 'not_found');
    case 'scope_unknown':
      return new OAuthError('invalid_scope', 'scope_not_registered');
    case 'too_many':
      return new OAuthError('invalid_state', 'too_many_invitations');
    case 'busy':
      return new OAuthError('temporarily_unavailable', 'conflict', { 'retry-after': '1' });
  }
}
