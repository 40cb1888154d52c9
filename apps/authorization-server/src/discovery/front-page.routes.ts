import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { PlainRoutes } from '../http/plain-routes.js';
import { refuseOtherMethods } from '../http/plain-routes.js';

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'public, max-age=60',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
};

/** What people find who type the server's address into a browser: what this is, and where to read on. Nothing runs there. */
@Injectable()
export class FrontPageRoutes implements PlainRoutes {
  private readonly page: string;

  constructor(@Inject(CONFIG) { issuer }: Config) {
    this.page = frontPage(issuer);
  }

  /** At the root, and at the issuer's own address where that has a path. */
  register(fastify: FastifyInstance, prefix: string): void {
    for (const url of new Set(['/', prefix || '/'])) {
      fastify.get(url, (_request, reply) => reply.headers(HEADERS).send(this.page));
      refuseOtherMethods(fastify, url, ['GET', 'HEAD']);
    }
  }
}

function frontPage(issuer: string): string {
  const { origin, pathname } = new URL(issuer);
  const metadata = `${origin}/.well-known/oauth-authorization-server${pathname === '/' ? '' : pathname}`;
  const links = [
    [`${issuer}/docs`, 'The API, to read'],
    [metadata, 'Metadata (OAuth 2.0, RFC 8414)'],
    [`${issuer}/.well-known/openid-configuration`, 'The same at the address of OpenID Connect'],
    [`${issuer}/.well-known/uma2-configuration`, 'The same at the address of UMA 2.0'],
    [`${issuer}/jwks`, 'Keys that tokens are verified with'],
  ];
  const items = links.map(([url = '', name = '']) => `<li><a href="${escaped(url)}">${name}</a></li>`);
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head><meta charset="utf-8"><title>Valetkey</title></head>',
    `<body><h1>Valetkey</h1><p>The authorization server <code>${escaped(issuer)}</code></p><ul>`,
    ...items,
    '</ul></body>',
    '</html>',
    '',
  ].join('\n');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}
