import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import type { PageFrame } from '../kit/document.js';
import { documentOf } from '../kit/document.js';
import type { PageLink, PageView } from '../kit/page-view.js';
import { messagesAmong } from '../messages/messages-for.js';
import type { Locale, Messages } from '../messages/messages.js';
import { STYLESHEET_PATH } from '../style/stylesheet.js';
import type { PageOptions } from './send-page.js';
import { sendPage } from './send-page.js';

const BRAND = 'Valetkey';

/** Sends pages in this server's frame. */
@Injectable()
export class Pages {
  private readonly frame: PageFrame;
  private readonly issuer: string;
  private readonly languages: readonly Locale[];

  constructor(@Inject(CONFIG) config: Pick<Config, 'issuer' | 'pages'>) {
    this.issuer = config.issuer;
    const { host, pathname } = new URL(config.issuer);
    const { languages, helpUrl } = config.pages;
    const prefix = pathname === '/' ? '' : pathname;
    this.frame = {
      brand: BRAND,
      host,
      stylesheet: prefix + STYLESHEET_PATH,
      ...(helpUrl !== undefined && { helpUrl }),
    };
    this.languages = languages;
  }

  /** @throws TypeError when `formAction` holds an address that cannot stand in a policy */
  send(reply: FastifyReply, view: PageView, options: PageOptions): FastifyReply {
    return sendPage(reply, view, { ...options, frame: this.frame });
  }

  /** A page as a document, for whoever shows it within something else. */
  document(view: PageView, messages: Messages): string {
    return documentOf(view, this.frame, messages);
  }

  /** The ways on that every page can offer: all are ours, whatever was asked for (attack class 212). */
  ways({ account, device, frame, signIn }: Messages): Record<'account' | 'device' | 'signIn' | 'start', PageLink> {
    return {
      account: { label: account.title, url: `${this.issuer}/account` },
      device: { label: device.title, url: `${this.issuer}/device` },
      signIn: { label: signIn.title, url: `${this.issuer}/account` },
      start: { label: frame.startPage, url: `${this.issuer}/` },
    };
  }

  /**
   * The texts for a request.
   * @param preferred - what goes before the browser's languages: the request's `ui_locales`, then the person's locale
   */
  messages(
    request: FastifyRequest,
    ...preferred: readonly (string | readonly string[] | null | undefined)[]
  ): Messages {
    return messagesAmong(this.languages, ...preferred, request.headers['accept-language']);
  }
}
