import { Inject, Injectable } from '@nestjs/common';
import type { AuthorizationRequest, MissingConsent } from '@valetkey/oauth';
import { TargetResolver } from '@valetkey/oauth';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import type { ConsentChoices } from './consent-choices.js';
import { choicesOf } from './consent-choices.js';

/** What the consent page offers to choose. */
@Injectable()
export class ConsentOffers {
  constructor(
    private readonly targets: TargetResolver,
    @Inject(CONFIG) private readonly config: Pick<Config, 'authorization'>,
  ) {}

  /** Resources and spans, as this server is configured. */
  of(request: AuthorizationRequest, missing: MissingConsent): ConsentChoices {
    return choicesOf(request, missing, this.config.authorization);
  }

  /** For each resource that may be chosen, in their order: the missing scopes that she gives with it and not with each other one. */
  async scopesOfEach(
    { resources }: ConsentChoices,
    request: AuthorizationRequest,
    missing: MissingConsent,
  ): Promise<string[][]> {
    const before = request.resources.filter((one) => !missing.resources.includes(one));
    const each = await Promise.all(resources.map((one) => this.targets.scopesOf(missing.scopes, [...before, one])));
    return each.map((scopes) => scopes.filter((scope) => !each.every((others) => others.includes(scope))));
  }
}
