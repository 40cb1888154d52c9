import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { AuthorizationAnswer, AuthorizationRequest, Interaction } from '@valetkey/oauth';
import { AuthorizationAnswers, AuthorizationCodes, Consents, InteractionStore } from '@valetkey/oauth';
import { ConditionFailed, Database, WriteSet } from '@valetkey/persistence';
import { PageError } from '../../pages/http/page-error.js';

/** What a person gives. */
export interface Given {
  readonly request: AuthorizationRequest;
  readonly client: Client;
  readonly session: Session;
  /** What she allows of what was asked. */
  readonly scopes: readonly string[];
}

/** Lost this often, the page says so rather than waiting longer. */
const MOST_ATTEMPTS = 10;

/** Ends an interaction: consent, code and the end of the interaction are one write-set. */
@Injectable()
export class AuthorizationCompletion {
  constructor(
    private readonly consents: Consents,
    private readonly codes: AuthorizationCodes,
    private readonly answers: AuthorizationAnswers,
    private readonly interactions: InteractionStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @param interaction - absent where no page was shown
   * @throws PageError when the interaction was answered before
   */
  async grant({ request, client, session, scopes }: Given, interaction?: Interaction): Promise<AuthorizationAnswer> {
    if (interaction && interaction.doneAt !== null) throw new PageError('expired', 'interaction_over');
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const now = this.clock.now();
      const writes = new WriteSet();
      const consent = { accountId: session.accountId, client, request, scopes };
      const record = await this.consents.give(writes, consent, now);
      const code = this.codes.issue(writes, { request: { ...request, scopes }, client, record, session });
      if (interaction) this.interactions.finish(writes, interaction, now);
      try {
        await this.database.commit(writes);
        return await this.answers.success(request, code);
      } catch (cause) {
        if (!(cause instanceof ConditionFailed)) throw cause;
      }
    }
    throw new PageError('expired', 'interaction_over');
  }

  /** Ends the interaction without a code. @throws PageError when it was answered before */
  async refuse(interaction: Interaction): Promise<void> {
    const writes = new WriteSet();
    this.interactions.finish(writes, interaction, this.clock.now());
    if (!(await this.database.tryCommit(writes))) throw new PageError('expired', 'interaction_over');
  }
}
