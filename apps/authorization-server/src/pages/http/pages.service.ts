import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import type { PageFrame } from '../kit/document.js';
import type { PageView } from '../kit/page-view.js';
import { messagesFor } from '../messages/messages-for.js';
import type { Messages } from '../messages/messages.js';
import { STYLESHEET_PATH } from '../style/stylesheet.js';
import type { PageOptions } from './send-page.js';
import { sendPage } from './send-page.js';

const BRAND = 'Valetkey';

/** Sends pages in this server's frame. */
@Injectable()
export class Pages {
  private readonly frame: PageFrame;

  constructor(@Inject(CONFIG) config: Pick<Config, 'issuer' | 'pages'>) {
    const { host, pathname } = new URL(config.issuer);
    const prefix = pathname === '/' ? '' : pathname;
    this.frame = { brand: BRAND, host, stylesheet: prefix + STYLESHEET_PATH, ...config.pages };
  }

  /** @throws TypeError when `formAction` holds an address that cannot stand in a policy */
  send(reply: FastifyReply, view: PageView, options: PageOptions): FastifyReply {
    return sendPage(reply, view, { ...options, frame: this.frame });
  }

  /**
   * The texts for a request.
   * @param preferred - what goes before the browser's languages: the request's `ui_locales`, then the person's locale
   */
  messages(
    request: FastifyRequest,
    ...preferred: readonly (string | readonly string[] | null | undefined)[]
  ): Messages {
    return messagesFor(...preferred, request.headers['accept-language']);
  }
}
