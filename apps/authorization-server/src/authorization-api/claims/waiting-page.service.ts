import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { Persons } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { AccessRequest } from '@valetkey/uma';
import { AccessRequestStore } from '@valetkey/uma';
import type { Visitor } from '../../interaction/interaction-kind.js';
import { PageError } from '../../pages/http/page-error.js';
import type { PageView } from '../../pages/kit/page-view.js';
import type { WaitingModel, WaitingState } from '../../pages/views/waiting.view.js';
import { waitingView } from '../../pages/views/waiting.view.js';
import { ProcessNames } from './process-names.service.js';

/** Asked, waiting, outcome (A5). */
@Injectable()
export class WaitingPage {
  constructor(
    private readonly requests: AccessRequestStore,
    private readonly persons: Persons,
    private readonly names: ProcessNames,
    private readonly clock: Clock,
  ) {}

  /**
   * @param at - the client that she can go back to from here, if any
   * @throws PageError when it is not a request of hers: as for one that never was
   */
  async of(requestId: string, at: { client?: Client; session: Session }, visitor: Visitor): Promise<PageView> {
    const request = await this.requests.find(requestId);
    if (request?.party.accountId !== at.session.accountId) throw new PageError('not_found', 'request_of_another');
    const { messages } = visitor;
    const zone = (await this.persons.find(at.session.accountId))?.zone ?? undefined;
    const now = this.clock.now();
    const model: WaitingModel = {
      time: { now, ...(zone !== undefined && { zone }) },
      resource: await this.names.resourcesOf(request.permissions, messages.locale),
      owner: await this.names.owner(request.owner),
      asked: await this.names.permissions(request.permissions, messages.locale),
      askedAt: request.createdAt,
      state: this.stateOf(request, now, visitor),
      ...(at.client && { backForm: { application: at.client.name, form: visitor.form('decision') } }),
    };
    return waitingView(model, messages);
  }

  private stateOf(request: AccessRequest, now: number, visitor: Visitor): WaitingState {
    switch (request.state) {
      case 'approved':
        return { kind: 'allowed' };
      case 'denied':
        return { kind: 'denied' };
      case 'expired':
        return { kind: 'expired' };
      case 'pending':
        if (now >= request.expiresAt) return { kind: 'expired' };
        return { kind: 'waiting', checkAgain: visitor.form('decision'), mail: false };
    }
  }
}
