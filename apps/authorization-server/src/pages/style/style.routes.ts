import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { PlainRoutes } from '../../http/plain-routes.js';
import { refuseOtherMethods } from '../../http/plain-routes.js';
import { STYLESHEET, STYLESHEET_PATH } from './stylesheet.js';

/** The pages' style sheet: public, the same for everybody, kept for ever under the name of its content (RFC 8246). */
@Injectable()
export class StyleRoutes implements PlainRoutes {
  register(fastify: FastifyInstance, prefix: string): void {
    const url = prefix + STYLESHEET_PATH;
    fastify.get(url, (_request, reply) =>
      reply
        .headers({
          'content-type': 'text/css; charset=utf-8',
          'cache-control': 'public, max-age=31536000, immutable',
          'x-content-type-options': 'nosniff',
          'cross-origin-resource-policy': 'same-origin',
        })
        .send(STYLESHEET),
    );
    refuseOtherMethods(fastify, url, ['GET', 'HEAD']);
  }
}
