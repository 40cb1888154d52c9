import { Inject, Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import type { PlainRoutes } from '../http/plain-routes.js';
import { refuseOtherMethods } from '../http/plain-routes.js';
import { Pages } from '../pages/http/pages.service.js';
import type { FrontModel } from '../pages/views/front.view.js';
import { frontView } from '../pages/views/front.view.js';

/** What people find who type the server's address into a browser: what this is, and where to go on. */
@Injectable()
export class FrontPageRoutes implements PlainRoutes {
  private readonly model: FrontModel;

  constructor(
    private readonly pages: Pages,
    @Inject(CONFIG) { issuer }: Config,
  ) {
    this.model = modelOf(issuer);
  }

  /** At the root, and at the issuer's own address where that has a path. */
  register(fastify: FastifyInstance, prefix: string): void {
    for (const url of new Set(['/', prefix || '/', `${prefix}/`])) {
      fastify.get(url, (request, reply) => {
        const messages = this.pages.messages(request);
        return this.pages.send(reply, frontView(this.model, messages), { locale: messages.locale });
      });
      refuseOtherMethods(fastify, url, ['GET', 'HEAD']);
    }
  }
}

function modelOf(issuer: string): FrontModel {
  const { origin, pathname } = new URL(issuer);
  return {
    accountUrl: `${issuer}/account`,
    deviceUrl: `${issuer}/device`,
    technical: [
      { label: 'The API, to read', url: `${issuer}/docs` },
      {
        label: 'Metadata (OAuth 2.0, RFC 8414)',
        url: `${origin}/.well-known/oauth-authorization-server${pathname === '/' ? '' : pathname}`,
      },
      { label: 'The same at the address of OpenID Connect', url: `${issuer}/.well-known/openid-configuration` },
      { label: 'The same at the address of UMA 2.0', url: `${issuer}/.well-known/uma2-configuration` },
      { label: 'Keys that tokens are verified with', url: `${issuer}/jwks` },
    ],
  };
}
