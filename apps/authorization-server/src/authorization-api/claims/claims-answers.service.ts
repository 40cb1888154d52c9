import { Inject, Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import { isStranger } from '@valetkey/clients';
import type { AuthorizationAnswer } from '@valetkey/oauth';
import { answerWith } from '@valetkey/oauth';
import type { ErrorCode } from '@valetkey/protocol';
import type { TokenOptions } from '@valetkey/tokens';
import { TOKEN_OPTIONS } from '@valetkey/tokens';
import type { FastifyReply } from 'fastify';
import { AnswerSender } from '../../interaction/answer-sender.service.js';
import { Pages } from '../../pages/http/pages.service.js';
import type { ClaimsContent, Exchange } from './claims-content.js';

/** Where an answer goes. */
type Target = Pick<ClaimsContent, 'redirectUri' | 'state'>;

/** Sends the requesting party back to the client (UMA Grant section 3.3.3). No claim is ever in the address (UG-25). */
@Injectable()
export class ClaimsAnswers {
  constructor(
    private readonly sender: AnswerSender,
    private readonly pages: Pages,
    @Inject(TOKEN_OPTIONS) private readonly options: TokenOptions,
  ) {}

  ticket(target: Target, ticket: string): AuthorizationAnswer {
    return this.answer(target, { ticket });
  }

  refusal(target: Target, code: ErrorCode): AuthorizationAnswer {
    return this.answer(target, { error: code });
  }

  /** An error that needs no page. */
  error({ http, reply }: Exchange, client: Client, target: Target, code: ErrorCode): FastifyReply {
    const way = { application: client.name, messages: this.pages.messages(http) };
    const answer = this.refusal(target, code);
    return isStranger(client) ? this.sender.ask(reply, answer, way) : this.sender.send(reply, answer, way);
  }

  /** The issuer is always named, so that the client of several servers knows which one answers (RFC 9207). */
  private answer({ redirectUri, state }: Target, outcome: Record<string, string>): AuthorizationAnswer {
    const fields = { ...outcome, ...(state !== undefined && { state }), iss: this.options.issuer };
    return answerWith({ redirectUri, responseMode: 'query' }, fields);
  }
}
