import { Injectable } from '@nestjs/common';
import type { Person, Session } from '@valetkey/accounts';
import { Persons } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { AccessRequest, RequestedPermission, RequestOutcome } from '@valetkey/uma';
import { AccessRequestStore, RequestNoticeStore, RequestOutcomes } from '@valetkey/uma';
import type { Visitor } from '../../interaction/interaction-kind.js';
import { PageError } from '../../pages/http/page-error.js';
import type { FormTarget, PageView } from '../../pages/kit/page-view.js';
import type { WaitingModel, WaitingState } from '../../pages/views/waiting.view.js';
import { waitingView } from '../../pages/views/waiting.view.js';
import { ProcessNames } from './process-names.service.js';

/** Asked, waiting, outcome (A5). */
@Injectable()
export class WaitingPage {
  constructor(
    private readonly requests: AccessRequestStore,
    private readonly notices: RequestNoticeStore,
    private readonly persons: Persons,
    private readonly outcomes: RequestOutcomes,
    private readonly names: ProcessNames,
    private readonly clock: Clock,
  ) {}

  /** She wishes to hear by mail how it ends. */
  async wishMail(requestId: string, { accountId }: Session): Promise<void> {
    const request = await this.requests.find(requestId);
    if (request?.party.accountId !== accountId) throw new PageError('not_found', 'request_of_another');
    await this.notices.wish(requestId, accountId, this.clock.now());
  }

  /**
   * @param at - the client that she can go back to from here, if any
   * @throws PageError when it is not a request of hers: as for one that never was
   */
  async of(requestId: string, at: { client?: Client; session: Session }, visitor: Visitor): Promise<PageView> {
    const request = await this.requests.find(requestId);
    if (request?.party.accountId !== at.session.accountId) throw new PageError('not_found', 'request_of_another');
    const { messages } = visitor;
    const person = await this.persons.find(at.session.accountId);
    const zone = person?.zone ?? undefined;
    const now = this.clock.now();
    const model: WaitingModel = {
      time: { now, ...(zone !== undefined && { zone }) },
      owner: await this.names.owner(request.owner),
      asked: await this.worded(request.permissions, visitor),
      askedAt: request.createdAt,
      state: await this.stateOf(request, person, visitor),
      ...(at.client && { backForm: { application: at.client.name, form: visitor.form('decision') } }),
    };
    return waitingView(model, messages);
  }

  /** Whether the answer comes by mail, or the form by which she can wish for it where she has an address. */
  private async mailOf(
    { id, state }: AccessRequest,
    person: Person | undefined,
    visitor: Visitor,
  ): Promise<{ mail: boolean; mailMe?: FormTarget }> {
    if (state !== 'pending' || (person?.email ?? null) === null) return { mail: false };
    if (await this.notices.isWished(id)) return { mail: true };
    return { mail: false, mailMe: visitor.form('decision') };
  }

  private async stateOf(request: AccessRequest, person: Person | undefined, visitor: Visitor): Promise<WaitingState> {
    const outcome: RequestOutcome = await this.outcomes.of(request);
    if (outcome.kind === 'waiting') {
      return {
        kind: 'waiting',
        checkAgain: visitor.form('decision'),
        ...(await this.mailOf(request, person, visitor)),
      };
    }
    if (outcome.kind !== 'allowed') return outcome;
    return { kind: 'allowed', ...(outcome.got && { got: await this.worded(outcome.got, visitor) }) };
  }

  private async worded(
    permissions: readonly RequestedPermission[],
    { messages: { locale } }: Visitor,
  ): Promise<WaitingModel['asked']> {
    return {
      permissions: await this.names.permissions(permissions, locale),
      resource: await this.names.resourcesOf(permissions, locale),
    };
  }
}
