import { Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { formOf, NO_HEAD, queryOf } from '../../http/plain-routes.js';
import { InteractionStarter } from '../../interaction/interaction-starter.service.js';
import { BrowserBinding, CSRF_FIELD } from '../../pages/http/browser-binding.service.js';
import { PageErrors } from '../../pages/http/page-errors.service.js';
import { Pages } from '../../pages/http/pages.service.js';
import type { DeviceCodeModel } from '../../pages/views/device-code.view.js';
import { deviceCodeView } from '../../pages/views/device-code.view.js';
import type { DeviceContent } from './device-content.js';
import { DEVICE } from './device.interaction.js';
import { UserCodeEntry } from './user-code-entry.service.js';

const PURPOSE = 'user-code';
const LONGEST_SHOWN = 40;

interface Exchange {
  readonly http: FastifyRequest;
  readonly reply: FastifyReply;
}

/** GET and POST {issuer}/device, where people bring the codes of their devices (RFC 8628 section 3.3). */
@Injectable()
export class DeviceRoutes implements PlainRoutes {
  constructor(
    private readonly entry: UserCodeEntry,
    private readonly starter: InteractionStarter,
    private readonly binding: BrowserBinding,
    private readonly pages: Pages,
    private readonly errors: PageErrors,
    private readonly clock: Clock,
  ) {}

  register(fastify: FastifyInstance, prefix: string): void {
    this.errors.scope(fastify, (scope) => {
      const forPeople = `${prefix}/device`;
      scope.get(forPeople, NO_HEAD, (http, reply) => this.open({ http, reply }));
      scope.post(forPeople, (http, reply) => {
        this.binding.check(http, PURPOSE);
        return this.enter({ http, reply }, formOf(http).get('user_code') ?? '');
      });
      this.errors.refuseOtherMethods(scope, forPeople, ['GET', 'POST']);
      this.errors.refuseOthersBelow(scope, forPeople);
    });
  }

  /**
   * The page, or, by a complete link that she opened herself, what comes after it: she is asked there in any case (RFC 8628
   * section 3.3.1).
   */
  private async open(exchange: Exchange): Promise<FastifyReply> {
    const code = queryOf(exchange.http).get('user_code');
    if (code === undefined) return this.show(exchange);
    // Another site would spend the tries of whoever looks at it, or of her network: she gets the code to send it, and none is counted.
    return isOpenedByHer(exchange.http) ? this.enter(exchange, code) : this.show(exchange, { code: shortened(code) });
  }

  private async enter(exchange: Exchange, typed: string): Promise<FastifyReply> {
    const { ip: address, isForwarded } = exchange.http;
    const entered = await this.entry.enter(typed, exchange.http);
    if (entered.outcome === 'wait')
      return this.show(exchange, { problem: { kind: 'wait', until: entered.until } }, 429);
    if (entered.outcome === 'unknown') {
      return this.show(exchange, { code: shortened(typed), problem: { kind: 'unknown' } }, 400);
    }
    const content: DeviceContent = { device: entered.device.hash, userCode: entered.userCode, address, isForwarded };
    return this.starter.begin(DEVICE, content, exchange);
  }

  private show(
    { http, reply }: Exchange,
    further: Pick<DeviceCodeModel, 'code' | 'problem'> = {},
    status = 200,
  ): FastifyReply {
    const messages = this.pages.messages(http);
    const csrf = this.binding.csrf(this.binding.of(http, reply), PURPOSE);
    const { pathname } = new URL(http.url, 'http://localhost');
    const form = { action: pathname, hidden: { [CSRF_FIELD]: csrf } };
    const view = deviceCodeView({ form, time: { now: this.clock.now() }, ...further }, messages);
    return this.pages.send(reply, view, { status, locale: messages.locale });
  }
}

/**
 * Whether the person opened the link herself, as from the picture that a camera read, or found it on a page of ours. A browser that
 * does not say where it found a link may have it from anywhere.
 */
function isOpenedByHer({ headers }: FastifyRequest): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-dest': destination = 'document' } = headers;
  return destination === 'document' && (site === 'none' || site === 'same-origin');
}

/** What the field shows of something that was typed. */
function shortened(typed: string): string {
  return typed.slice(0, LONGEST_SHOWN);
}
