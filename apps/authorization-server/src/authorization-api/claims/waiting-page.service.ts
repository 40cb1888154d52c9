import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { RequestedPermission } from '@valetkey/uma';
import { RequestOutcomes } from '@valetkey/uma';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import type { Visitor } from '../../interaction/interaction-kind.js';
import { Pages } from '../../pages/http/pages.service.js';
import type { PageView } from '../../pages/kit/page-view.js';
import type { WaitingModel, WaitingState } from '../../pages/views/waiting.view.js';
import { waitingView } from '../../pages/views/waiting.view.js';
import type { PartyRequest } from './party-requests.service.js';
import { ProcessNames } from './process-names.service.js';
import { requestUrl } from './request-address.js';

/** Asked, waiting, outcome (A5). */
@Injectable()
export class WaitingPage {
  constructor(
    private readonly outcomes: RequestOutcomes,
    private readonly names: ProcessNames,
    private readonly clock: Clock,
    private readonly pages: Pages,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * @param client - which she can go back to, if any
   */
  async of(seen: PartyRequest, visitor: Visitor, client?: Client): Promise<PageView> {
    const { request, person } = seen;
    const model: WaitingModel = {
      time: { now: this.clock.now(), ...(person.zone !== null && { zone: person.zone }) },
      owner: await this.names.owner(request.owner),
      asked: await this.worded(request.permissions, visitor),
      askedAt: request.createdAt,
      state: await this.stateOf(seen, visitor),
      ...(request.owner === `account:${person.id}` && {
        answerYourself: { label: visitor.messages.waiting.answerYourself, url: this.config.uma.ownerPage },
      }),
      ...(client
        ? { backForm: { application: client.name, form: visitor.form('decision') } }
        : { wayOn: this.pages.ways(visitor.messages).account }),
    };
    return waitingView(model, visitor.messages);
  }

  private async stateOf({ request, mail }: PartyRequest, visitor: Visitor): Promise<WaitingState> {
    const outcome = await this.outcomes.of(request);
    if (outcome.kind === 'waiting') {
      return {
        kind: 'waiting',
        checkAgain: visitor.form('decision'),
        lasting: requestUrl(this.options.issuer, request.id),
        mail: mail === 'wished',
        url: visitor.url,
        ...(mail === 'possible' && { mailMe: visitor.form('decision') }),
      };
    }
    if (outcome.kind !== 'allowed') return outcome;
    const { got, from } = outcome;
    return {
      kind: 'allowed',
      ...(got && { got: await this.worded(got, visitor) }),
      ...(from !== undefined && { from }),
    };
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
