import type { FastifyReply } from 'fastify';
import type { PageFrame } from '../kit/document.js';
import { documentOf } from '../kit/document.js';
import type { PageView } from '../kit/page-view.js';
import { messagesFor } from '../messages/messages-for.js';
import type { Locale } from '../messages/messages.js';
import { contentSecurityPolicy } from './content-security-policy.js';

/** How a page is sent. */
export interface PageOptions {
  /** 200 unless told. */
  readonly status?: number;
  /** Return addresses at which the page's forms may end, whole, as registered; our own server always may be. */
  readonly formAction?: readonly string[];
  readonly locale: Locale;
}

/** Header fields of every page besides its policy: never kept, never framed, never guessed at, and nobody is told of it. */
const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
} as const;

/** Sends a page. @throws TypeError when `formAction` holds an address that cannot stand in a policy */
export function sendPage(
  reply: FastifyReply,
  view: PageView,
  options: PageOptions & { readonly frame: PageFrame },
): FastifyReply {
  const { status = 200, formAction = [], locale, frame } = options;
  return reply
    .code(status)
    .headers({
      ...PAGE_HEADERS,
      'content-security-policy': contentSecurityPolicy(formAction, view.script),
      'content-language': locale,
    })
    .send(documentOf(view, frame, messagesFor(locale)));
}
