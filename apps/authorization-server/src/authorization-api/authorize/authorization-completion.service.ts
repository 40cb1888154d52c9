import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { AuthorizationAnswer, AuthorizationRequest, Interaction } from '@valetkey/oauth';
import { AuthorizationAnswers, InteractionStore, PushedRequests, SecurityEvents } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import { PageError } from '../../pages/http/page-error.js';
import type { Given, Standing } from './consented-codes.service.js';
import { ConsentedCodes } from './consented-codes.service.js';

/** Lost this often, the client is told to try later rather than she waits longer. */
const MOST_ATTEMPTS = 10;

interface Ending {
  readonly interaction?: Interaction | undefined;
  readonly decided?: AuthorizationRequest | undefined;
}

/** What is over with an answer. */
@Injectable()
export class RequestEnds {
  constructor(
    private readonly interactions: InteractionStore,
    private readonly pushed: PushedRequests,
  ) {}

  /** Fails as a condition where one of them was answered before. */
  end(writes: WriteSet, { interaction, decided }: Ending, now: Instant): void {
    if (decided) this.pushed.take(writes, decided);
    if (interaction) this.interactions.finish(writes, interaction, now);
  }
}

/** Ends an interaction: consent, code and the end of the interaction are one write-set. */
@Injectable()
export class AuthorizationCompletion {
  constructor(
    private readonly codes: ConsentedCodes,
    private readonly answers: AuthorizationAnswers,
    private readonly ends: RequestEnds,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly events: SecurityEvents,
  ) {}

  /**
   * What she has allowed just now. Where others are faster each time nothing is given, and the client is told to try later.
   * @throws PageError when the interaction was answered before
   */
  grant(given: Given, interaction: Interaction): Promise<AuthorizationAnswer> {
    const issue = (writes: WriteSet, now: Instant) => this.codes.issue(writes, given, now);
    return this.settle(
      () => this.attempt(given.request, issue, interaction),
      () => this.giveUp(given.request, interaction, given.request),
    );
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

  /** The first outcome that is one; the last word, when others were faster each time. */
  async settle<T>(attempt: () => Promise<T | undefined>, lastWord: () => Promise<T>): Promise<T> {
    for (let count = 1; count <= MOST_ATTEMPTS; count += 1) {
      const outcome = await attempt();
      if (outcome !== undefined) return outcome;
    }
    return lastWord();
  }

  /**
   * RFC 6749 section 4.1.2.1: an answer that the client can try again after, in place of one that could not be made.
   * @param interaction - ends with it
   * @param decided - as for {@link refuse}
   * @throws PageError when the interaction was answered before, which is why the others were faster
   */
  async giveUp(
    request: AuthorizationRequest,
    interaction?: Interaction,
    decided?: AuthorizationRequest,
  ): Promise<AuthorizationAnswer> {
    const answer = await this.answers.error(request, 'temporarily_unavailable');
    if (interaction) await this.refuse(interaction, decided);
    this.events.record({ event: 'authorization_given_up', reason: 'conflict', clientId: request.clientId });
    return answer;
  }

  /**
   * Ends the interaction without a code.
   * @param decided - the request, where it was her decision: pushed, it is answered by that (PA-05)
   * @throws PageError when one of them was answered before
   */
  async refuse(interaction: Interaction, decided?: AuthorizationRequest): Promise<void> {
    const writes = new WriteSet();
    this.ends.end(writes, { interaction, decided }, this.clock.now());
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
    this.ends.end(writes, { interaction }, now);
    if (!(await this.database.tryCommit(writes))) return undefined;
    return this.answers.success(request, code);
  }
}
