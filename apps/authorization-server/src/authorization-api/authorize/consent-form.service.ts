import { Inject, Injectable } from '@nestjs/common';
import { Consents, givenScopes, TargetResolver } from '@valetkey/oauth';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import type { FormValues } from '../../interaction/interaction-kind.js';
import { chosenIn, choicesOf, unansweredIn } from './consent-choices.js';
import type { ConsentQuestion } from './consent-page.service.js';
import { ticksOf } from './consent-page.service.js';
import type { Given } from './consented-codes.service.js';

/** What a person answers on the consent page. */
@Injectable()
export class ConsentForm {
  constructor(
    private readonly consents: Consents,
    private readonly targets: TargetResolver,
    @Inject(CONFIG) private readonly config: Pick<Config, 'authorization'>,
  ) {}

  /** Whether the form leaves a choice open: for which of several resources it is, or for how long. */
  leavesOpen(form: FormValues, { request, missing }: ConsentQuestion): boolean {
    return unansweredIn(form, choicesOf(request, missing, this.config.authorization)).length > 0;
  }

  /** What she gives by the form; `undefined` for one that the page, as it is now, does not make. */
  async read(
    form: FormValues,
    { request, client, session, missing }: ConsentQuestion,
  ): Promise<Pick<Given, 'scopes' | 'resources' | 'lasts'> | undefined> {
    const chosen = chosenIn(form, request, missing, this.config.authorization);
    if (!chosen || (await this.consents.isSuspended(session.accountId, client.id))) return undefined;
    const scopes = givenScopes(request, missing, ticksOf(form));
    // Scopes of a resource that she leaves out go with it: by themselves they would open it.
    const isLess = chosen.resources.length < request.resources.length;
    return { ...chosen, scopes: isLess ? await this.targets.scopesOf(scopes, chosen.resources) : scopes };
  }
}
