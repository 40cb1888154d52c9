import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { Interaction } from '@valetkey/oauth';
import { InteractionStore } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { Caller, InteractionKind, NextStep, Visitor } from '../interaction/interaction-kind.js';
import { PageError } from '../pages/http/page-error.js';
import type { AccountPageName } from './account-addresses.js';
import { accountUrl, isAccountPage } from './account-addresses.js';
import type { Demand } from './sign-in-demand.service.js';
import { SignInDemand } from './sign-in-demand.service.js';

/** The kind's name in the store. */
export const ACCOUNT = 'account';

/** What an interaction of this kind remembers: a page by its name, never an address. */
export interface AccountContent {
  readonly page: AccountPageName;
  readonly demand: Demand;
}

/** A sign-in on the way to a page of one's own account. */
@Injectable()
export class AccountInteraction implements InteractionKind {
  readonly kind = ACCOUNT;

  constructor(
    private readonly demand: SignInDemand,
    private readonly interactions: InteractionStore,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  caller(): Promise<Caller> {
    return Promise.resolve({ name: undefined, returns: [], uiLocales: [] });
  }

  async next(interaction: Interaction, { session }: Visitor): Promise<NextStep> {
    const { page, demand } = contentOf(interaction);
    const why = await this.demand.missing(session, demand, interaction.createdAt);
    if (why !== undefined) return { kind: 'sign_in', why };
    await this.finish(interaction);
    return { kind: 'answer', answer: { kind: 'redirect', location: accountUrl(this.config.issuer, page) } };
  }

  /** There is nothing to decide but the sign-in. */
  decide(): Promise<NextStep> {
    throw new PageError('bad_request', 'nothing_to_decide');
  }

  async refuse(interaction: Interaction): Promise<NextStep> {
    await this.finish(interaction);
    return { kind: 'answer', answer: { kind: 'redirect', location: `${this.config.issuer}/` } };
  }

  private async finish(interaction: Interaction): Promise<void> {
    const writes = new WriteSet();
    this.interactions.finish(writes, interaction, this.clock.now());
    if (!(await this.database.tryCommit(writes))) throw new PageError('expired', 'interaction_over');
  }
}

function contentOf({ content }: Interaction): AccountContent {
  const { page, demand } = content as Partial<AccountContent>;
  return {
    page: isAccountPage(page) ? page : '',
    demand: demand === 'session' || demand === 'surest' ? demand : 'recent',
  };
}
