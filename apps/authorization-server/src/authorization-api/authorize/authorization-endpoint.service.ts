import { Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import type { Client } from '@valetkey/clients';
import { isStranger } from '@valetkey/clients';
import type { AuthorizationAnswer, AuthorizationRequest, FormParameters, Reason } from '@valetkey/oauth';
import { AuthorizationAnswers, AuthorizationRequestReader, Consents, PushedRequests, REASONS } from '@valetkey/oauth';
import { WriteSet } from '@valetkey/persistence';
import type { ErrorCode } from '@valetkey/protocol';
import { PageError } from '../../pages/http/page-error.js';
import { AuthorizationCompletion } from './authorization-completion.service.js';
import { AuthorizationSteps } from './authorization-steps.service.js';

/** What the authorization endpoint does with a request: answer it, or ask the person. */
export type EndpointOutcome =
  | { readonly kind: 'answer'; readonly answer: AuthorizationAnswer; readonly client: Client }
  /** The answer to a stranger with whom she has had nothing to do: she is asked before she is sent there. */
  | { readonly kind: 'leave'; readonly answer: AuthorizationAnswer; readonly client: Client }
  /** `writes`: what is to be committed with the question. */
  | { readonly kind: 'ask'; readonly request: AuthorizationRequest; readonly writes: WriteSet };

/** The authorization endpoint (RFC 6749 section 3.1), free of HTTP. */
@Injectable()
export class AuthorizationEndpoint {
  constructor(
    private readonly reader: AuthorizationRequestReader,
    private readonly steps: AuthorizationSteps,
    private readonly completion: AuthorizationCompletion,
    private readonly answers: AuthorizationAnswers,
    private readonly consents: Consents,
    private readonly pushed: PushedRequests,
  ) {}

  /** @throws PageError for a request that must not lead back to the application (CO-02) */
  handle(parameters: FormParameters, session: Session | undefined): Promise<EndpointOutcome> {
    return this.completion.settle(
      () => this.decide(parameters, session),
      () => this.giveUp(parameters, session),
    );
  }

  /** `undefined` when what an answer rests on ended or changed meanwhile. */
  private async decide(parameters: FormParameters, session: Session | undefined): Promise<EndpointOutcome | undefined> {
    const read = await this.read(parameters, session);
    if ('kind' in read) return read;
    const { client, request } = read;
    const step = await this.steps.next(request, client, session);
    if (step.step === 'error') {
      const answer = await this.answers.error(request, step.code);
      return this.refusal({ client, session, answer, isSilent: isSilentAnswer(request, step.code) });
    }
    if (step.step !== 'answer' || !session) return this.question(request);
    const { scopes, before } = step;
    const answer = await this.completion.answer({ request, client, session, scopes, before });
    return answer && { kind: 'answer', client, answer };
  }

  /** Others changed what she gave each time it was to be answered by. */
  private async giveUp(parameters: FormParameters, session: Session | undefined): Promise<EndpointOutcome> {
    const read = await this.read(parameters, session);
    if ('kind' in read) return read;
    const { client, request } = read;
    return this.refusal({ client, session, answer: await this.completion.giveUp(request) });
  }

  /** A request that can be decided, or its refusal. @throws PageError */
  private async read(
    parameters: FormParameters,
    session: Session | undefined,
  ): Promise<EndpointOutcome | { readonly client: Client; readonly request: AuthorizationRequest }> {
    const read = await this.reader.read(parameters);
    if (read.kind === 'error_page')
      throw new PageError('bad_request', read.reason, { description: descriptionOf(read.reason) });
    const { client } = read;
    if (read.kind === 'valid') return { client, request: read.request };
    const answer = await this.answers.error(read.request, read.code, REASONS[read.reason]);
    return this.refusal({ client, session, answer });
  }

  /** A pushed request that is opened is kept until she has answered. */
  private question(request: AuthorizationRequest): EndpointOutcome {
    const writes = new WriteSet();
    this.pushed.keep(writes, request);
    return { kind: 'ask', request, writes };
  }

  /**
   * Whoever allowed the client something before knows it: it is told silently, as every client of the operator is. So is one that
   * asked for silence, of what silence is about: RFC 9700 section 4.11.2 exempts that, and no other error of a request.
   */
  private async refusal({ client, session, answer, isSilent = false }: Refusal): Promise<EndpointOutcome> {
    const isTold = isSilent || !isStranger(client) || (await this.isKnownTo(session, client));
    return { kind: isTold ? 'answer' : 'leave', client, answer };
  }

  private async isKnownTo(session: Session | undefined, client: Client): Promise<boolean> {
    return session !== undefined && (await this.consents.find(session.accountId, client.id)) !== undefined;
  }
}

/** A no, and what decides whether she is asked before it is told. */
interface Refusal {
  readonly client: Client;
  readonly session: Session | undefined;
  readonly answer: AuthorizationAnswer;
  /** It is what silence is about; not so if absent. */
  readonly isSilent?: boolean;
}

/** What `prompt=none` is answered with where a page would have been needed (OpenID Connect Core section 3.1.2.6). */
const SILENT_ANSWERS: ReadonlySet<ErrorCode> = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);

function isSilentAnswer({ prompt }: AuthorizationRequest, code: ErrorCode): boolean {
  return prompt.includes('none') && SILENT_ANSWERS.has(code);
}

/** Why there is nowhere to answer to. Nobody authenticates here: what the reason is called elsewhere would mislead. */
function descriptionOf(reason: Reason): string {
  return reason === 'client_unknown' || reason === 'client_disabled'
    ? 'The client_id is not that of a client that may ask here.'
    : REASONS[reason];
}
