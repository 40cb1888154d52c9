import { Inject, Injectable } from '@nestjs/common';
import type { Session } from '@valetkey/accounts';
import { Clock } from '@valetkey/kernel';
import type { Interaction } from '@valetkey/oauth';
import { InteractionStore } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import type {
  Caller,
  FormValues,
  InteractionKind,
  NextStep,
  SignedInVisitor,
  Visitor,
} from '../../interaction/interaction-kind.js';
import { PageError } from '../../pages/http/page-error.js';
import { notYoursView } from '../../pages/views/waiting.view.js';
import { PartyRequests } from './party-requests.service.js';
import { WaitingPage } from './waiting-page.service.js';

/** The kind's name in the store. */
export const REQUEST_PAGE = 'uma_request';

/** What an interaction of this kind remembers. */
export interface RequestPageContent {
  readonly requestId: string;
}

/** A requesting party looks what became of her request (A5), by a link that stays good. */
@Injectable()
export class RequestPageInteraction implements InteractionKind {
  readonly kind = REQUEST_PAGE;

  constructor(
    private readonly requests: PartyRequests,
    private readonly page: WaitingPage,
    private readonly interactions: InteractionStore,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  caller(): Promise<Caller> {
    return Promise.resolve({ name: undefined, returns: [], uiLocales: [] });
  }

  async next(interaction: Interaction, visitor: Visitor): Promise<NextStep> {
    const { session } = visitor;
    if (!session) return { kind: 'sign_in', why: 'nobody' };
    const seen = await this.requests.find(requestIdOf(interaction), session);
    if (!seen) return this.notHers(session, visitor);
    return { kind: 'page', view: await this.page.of(seen, visitor) };
  }

  async decide(interaction: Interaction, { session }: SignedInVisitor, form: FormValues): Promise<NextStep> {
    if (form.get('decision') === 'mail') await this.requests.wishMail(requestIdOf(interaction), session);
    return { kind: 'again' };
  }

  async refuse(interaction: Interaction): Promise<NextStep> {
    const writes = new WriteSet();
    this.interactions.finish(writes, interaction, this.clock.now());
    if (!(await this.database.tryCommit(writes))) throw new PageError('expired', 'interaction_over');
    return { kind: 'answer', answer: { kind: 'redirect', location: `${this.config.issuer}/` } };
  }

  /** A request of another account and one that never was look alike; she may have signed in as somebody else than she meant. */
  private async notHers(session: Session, visitor: Visitor): Promise<NextStep> {
    const account = await this.requests.nameOf(session);
    const view = notYoursView({ account, another: visitor.form('another-person') }, visitor.messages);
    return { kind: 'page', view, status: 404 };
  }
}

function requestIdOf({ content }: Interaction): string {
  return (content as RequestPageContent).requestId;
}
