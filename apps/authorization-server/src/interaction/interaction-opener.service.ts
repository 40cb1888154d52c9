import { Inject, Injectable } from '@nestjs/common';
import { Clock, isExpired } from '@valetkey/kernel';
import type { Interaction } from '@valetkey/oauth';
import { FormParameters, InteractionStore } from '@valetkey/oauth';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { BrowserBinding, CSRF_FIELD } from '../pages/http/browser-binding.service.js';
import { PageError } from '../pages/http/page-error.js';
import { Pages } from '../pages/http/pages.service.js';
import type { StartingPlace } from '../pages/views/result.view.js';
import { BrowserSession } from './browser-session.service.js';
import type { Caller, InteractionKind, Visitor } from './interaction-kind.js';
import { INTERACTION_KINDS } from './interaction-kind.js';

/** An interaction that was found for the browser that asks. */
export interface Opened {
  readonly http: FastifyRequest;
  readonly reply: FastifyReply;
  readonly interaction: Interaction;
  readonly kind: InteractionKind;
  readonly caller: Caller;
  readonly visitor: Visitor;
  /** The form that was sent is from a page that the present session has seen. */
  readonly isOfSession: boolean;
  /** Whose page the form that was sent says it is of; see {@link Visitor.markOf}. */
  readonly mark: string | undefined;
  /** The interaction's own path. */
  readonly path: string;
}

/** Hidden field of a decision: in which session its page was shown. */
const SESSION_FIELD = 'shown_to';
/** Another: what the page asked, as a digest. */
const QUESTION_FIELD = 'asked';

/** A third: for whom it was shown, whatever the session. */
const ACCOUNT_FIELD = 'shown_for';
const MARK = /^[\w-]{43}$/;

export type InteractionRequest = FastifyRequest<{ Params: { id: string } }>;

/** Finds interactions for the browser that began them. */
@Injectable()
export class InteractionOpener {
  private readonly kinds: ReadonlyMap<string, InteractionKind>;

  constructor(
    private readonly interactions: InteractionStore,
    private readonly session: BrowserSession,
    private readonly binding: BrowserBinding,
    private readonly pages: Pages,
    private readonly clock: Clock,
    @Inject(INTERACTION_KINDS) kinds: readonly InteractionKind[],
  ) {
    this.kinds = new Map(kinds.map((one) => [one.kind, one]));
  }

  /** @throws PageError when it is another browser's, over or used up, or when the form is not from its page */
  async open(http: InteractionRequest, reply: FastifyReply): Promise<Opened> {
    const { browser, interaction } = await this.find(http);
    if (!interaction || browser === undefined) throw new PageError('expired', 'interaction_unknown');
    const purpose = `interaction:${interaction.hash}`;
    if (http.method === 'POST') this.binding.check(http, purpose);
    const kind = this.kindOf(interaction);
    const caller = await kind.caller(interaction);
    const path = pathOf(http);
    const session = await this.session.of(http);
    const ofSession = `${purpose}:${session?.id ?? ''}`;
    const hidden = { [CSRF_FIELD]: this.binding.csrf(browser, purpose) };
    const markOf = (accountId: string) => this.binding.csrf(browser, `${purpose}:account:${accountId}`);
    const shownFor = session ? { [ACCOUNT_FIELD]: markOf(session.accountId) } : {};
    const decision = { ...hidden, ...shownFor, [SESSION_FIELD]: this.binding.csrf(browser, ofSession) };
    const asking = (asked: string) => ({ [QUESTION_FIELD]: this.binding.csrf(browser, `${ofSession}:${asked}`) });
    const visitor: Visitor = {
      session,
      messages: this.pages.messages(http, caller.uiLocales),
      url: path,
      form: (name, asked) => ({
        action: `${path}/${name}`,
        hidden: { ...(name === 'decision' ? decision : hidden), ...(asked !== undefined && asking(asked)) },
      }),
      markOf,
      wasAsked: (asked) => this.binding.carries(http, QUESTION_FIELD, `${ofSession}:${asked}`),
    };
    const isOfSession = this.binding.carries(http, SESSION_FIELD, ofSession);
    return { http, reply, interaction, kind, caller, visitor, isOfSession, mark: sentMark(http), path };
  }

  /** Where the person begins anew whose interaction is over; `undefined` where nobody knows, as of one of another browser. */
  async startAgainAt(http: InteractionRequest): Promise<StartingPlace | undefined> {
    const { interaction } = await this.find(http);
    return interaction && this.kinds.get(interaction.kind)?.startAgainAt?.(interaction);
  }

  private async find(http: InteractionRequest) {
    const browser = this.binding.find(http);
    const interaction = browser === undefined ? undefined : await this.interactions.find(http.params.id, browser);
    return { browser, interaction };
  }

  private kindOf({ kind: name, doneAt, expiresAt }: Interaction): InteractionKind {
    if (doneAt !== null || isExpired(expiresAt, this.clock.now())) throw new PageError('expired', 'interaction_over');
    const kind = this.kinds.get(name);
    if (!kind) throw new PageError('fault', 'interaction_kind_unknown');
    return kind;
  }
}

function sentMark({ body }: InteractionRequest): string | undefined {
  const sent = body instanceof FormParameters ? body.get(ACCOUNT_FIELD) : undefined;
  return sent !== undefined && MARK.test(sent) ? sent : undefined;
}

/** Up to the interaction's id, without the form's name and the query. */
function pathOf({ url, params }: InteractionRequest): string {
  return url.slice(0, url.indexOf(params.id) + params.id.length);
}
