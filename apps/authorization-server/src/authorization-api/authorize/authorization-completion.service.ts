import { Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { AuthorizationAnswer, Interaction } from '@valetkey/oauth';
import { AuthorizationAnswers, InteractionStore } from '@valetkey/oauth';
import { ConditionFailed, Database, WriteSet } from '@valetkey/persistence';
import { PageError } from '../../pages/http/page-error.js';
import type { Given } from './consented-codes.service.js';
import { ConsentedCodes } from './consented-codes.service.js';

/** Lost this often, the page says so rather than waiting longer. */
const MOST_ATTEMPTS = 10;

/** Ends an interaction: consent, code and the end of the interaction are one write-set. */
@Injectable()
export class AuthorizationCompletion {
  constructor(
    private readonly codes: ConsentedCodes,
    private readonly answers: AuthorizationAnswers,
    private readonly interactions: InteractionStore,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * @param interaction - absent where no page was shown
   * @throws PageError when the interaction was answered before
   */
  async grant(given: Given, interaction?: Interaction): Promise<AuthorizationAnswer> {
    if (interaction && interaction.doneAt !== null) throw new PageError('expired', 'interaction_over');
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      const now = this.clock.now();
      const writes = new WriteSet();
      const code = await this.codes.issue(writes, given, now);
      if (interaction) this.interactions.finish(writes, interaction, now);
      try {
        await this.database.commit(writes);
        return await this.answers.success(given.request, code);
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
