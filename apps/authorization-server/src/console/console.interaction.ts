import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { Interaction } from '@valetkey/oauth';
import { InteractionStore } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import { isAcrAtLeast } from '@valetkey/protocol';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { Caller, InteractionKind, NextStep, SignInReason, Visitor } from '../interaction/interaction-kind.js';
import type { SignInDemand } from '../http/step-up.js';
import { Operators } from '../operator-api/operators.service.js';
import { PageError } from '../pages/http/page-error.js';
import { consoleAddress, consoleOf } from './console-address.js';

/** The kind's name in the store. */
export const CONSOLE = 'console';

/** What an interaction of this kind remembers. */
export interface ConsoleContent {
  /** Below the issuer; looked at again before the browser is sent there. */
  readonly address: string;
  /** She was about to change something, for which the operator may demand a surer or a more recent sign-in. */
  readonly toChange: boolean;
}

/** A sign-in on the way to a screen of a console. */
@Injectable()
export class ConsoleInteraction implements InteractionKind {
  readonly kind = CONSOLE;

  constructor(
    private readonly interactions: InteractionStore,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly operators: Operators,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * What is missing of a sign-in, or `undefined`: the demand of the console's API, where something is to be changed.
   * @param askedAt - since when the sign-in has been waited for: one after that is recent
   */
  missing(session: Session | undefined, content: ConsoleContent, askedAt?: Instant): SignInReason | undefined {
    if (!session) return 'nobody';
    if (!content.toChange) return undefined;
    const { acr, maxAge = Number.POSITIVE_INFINITY } = this.demandOf(content);
    const isRecent = session.authTime >= (askedAt ?? Number.POSITIVE_INFINITY);
    if (!isRecent && this.clock.now() - session.authTime > maxAge) return 'again';
    return acr === undefined || isAcrAtLeast(session.acr, acr) ? undefined : 'stronger';
  }

  private demandOf({ address }: ConsoleContent): SignInDemand {
    if (consoleOf(address) === 'operator') return this.operators.demand;
    const { minAcr, maxAuthAge } = this.config.ownerApi;
    return { ...(minAcr !== undefined && { acr: minAcr }), ...(maxAuthAge !== undefined && { maxAge: maxAuthAge }) };
  }

  caller(): Promise<Caller> {
    return Promise.resolve({ name: undefined, returns: [], uiLocales: [] });
  }

  async next(interaction: Interaction, { session }: Visitor): Promise<NextStep> {
    const content = contentOf(interaction);
    const why = this.missing(session, content, interaction.createdAt);
    if (why !== undefined) return { kind: 'sign_in', why };
    return this.leave(interaction, content.address);
  }

  /** There is nothing to decide but the sign-in. */
  decide(): Promise<NextStep> {
    throw new PageError('bad_request', 'nothing_to_decide');
  }

  refuse(interaction: Interaction): Promise<NextStep> {
    return this.leave(interaction, '/');
  }

  private async leave(interaction: Interaction, address: string): Promise<NextStep> {
    const writes = new WriteSet();
    this.interactions.finish(writes, interaction, this.clock.now());
    if (!(await this.database.tryCommit(writes))) throw new PageError('expired', 'interaction_over');
    return { kind: 'answer', answer: { kind: 'redirect', location: this.config.issuer + address } };
  }
}

function contentOf({ content }: Interaction): ConsoleContent {
  const { address, toChange } = content as Partial<ConsoleContent>;
  return { address: consoleAddress(address), toChange: toChange === true };
}
