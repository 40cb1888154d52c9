import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { AuthorizationAnswer, AuthorizationRequest, Interaction } from '@valetkey/oauth';
import { AuthorizationAnswers, InteractionStore, PushedRequests } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import { PageError } from '../../pages/http/page-error.js';
import type { Given, Standing } from './consented-codes.service.js';
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
    private readonly pushed: PushedRequests,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** What she has allowed just now. @throws PageError when the interaction was answered before */
  grant(given: Given, interaction: Interaction): Promise<AuthorizationAnswer> {
    const issue = (writes: WriteSet, now: Instant) => this.codes.issue(writes, given, now);
    return this.settle(() => this.attempt(given.request, issue, interaction));
  }

  /**
   * Answers by what she gave before, once.
   * @param interaction - absent where no page was shown
   * @returns `undefined` when that ended or changed meanwhile: what comes next is to be decided again
   * @throws PageError when the interaction was answered before
   */
  answer(standing: Standing, interaction?: Interaction): Promise<AuthorizationAnswer | undefined> {
    const issue = (writes: WriteSet, now: Instant) => Promise.resolve(this.codes.issueAgain(writes, standing, now));
    return this.attempt(standing.request, issue, interaction);
  }

  /** The first outcome that is one. @throws PageError when others were faster each time */
  async settle<T>(attempt: () => Promise<T | undefined>): Promise<T> {
    for (let count = 1; count <= MOST_ATTEMPTS; count += 1) {
      const outcome = await attempt();
      if (outcome !== undefined) return outcome;
    }
    throw new PageError('expired', 'interaction_over');
  }

  /**
   * Ends the interaction without a code.
   * @param decided - the request, where it was her decision: pushed, it is answered by that (PA-05)
   * @throws PageError when one of them was answered before
   */
  async refuse(interaction: Interaction, decided?: AuthorizationRequest): Promise<void> {
    const writes = new WriteSet();
    if (decided) this.pushed.take(writes, decided);
    this.interactions.finish(writes, interaction, this.clock.now());
    if (!(await this.database.tryCommit(writes))) throw new PageError('expired', 'interaction_over');
  }

  private async attempt(
    request: AuthorizationRequest,
    issue: (writes: WriteSet, now: Instant) => Promise<string>,
    interaction: Interaction | undefined,
  ): Promise<AuthorizationAnswer | undefined> {
    if (interaction && interaction.doneAt !== null) throw new PageError('expired', 'interaction_over');
    const now = this.clock.now();
    const writes = new WriteSet();
    const code = await issue(writes, now);
    if (interaction) this.interactions.finish(writes, interaction, now);
    if (!(await this.database.tryCommit(writes))) return undefined;
    return this.answers.success(request, code);
  }
}
