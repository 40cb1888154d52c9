import { Injectable } from '@nestjs/common';
import { KeyRing } from '@valetkey/keys';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { PlainRoutes } from '../http/plain-routes.js';
import { refuseOtherMethods } from '../http/plain-routes.js';
import { ServerMetadata } from './server-metadata.service.js';

/** Public documents: may be cached for a minute, and read by scripts of any origin. */
@Injectable()
export class DiscoveryRoutes implements PlainRoutes {
  constructor(
    private readonly metadata: ServerMetadata,
    private readonly keyRing: KeyRing,
  ) {}

  /** RFC 8414 inserts its name before the issuer's path, OpenID Connect and UMA append theirs behind it (IR-63). */
  register(fastify: FastifyInstance, prefix: string): void {
    this.serve(fastify, `/.well-known/oauth-authorization-server${prefix}`, () => this.metadata.document());
    this.serve(fastify, `${prefix}/.well-known/openid-configuration`, () => this.metadata.document());
    this.serve(fastify, `${prefix}/.well-known/uma2-configuration`, () => this.metadata.document());
    this.serve(fastify, `${prefix}/jwks`, () => this.keyRing.jwks());
  }

  private serve(fastify: FastifyInstance, url: string, document: () => Promise<object>): void {
    fastify.get(url, async (_request, reply) => sendPublic(reply, await document()));
    refuseOtherMethods(fastify, url, ['GET', 'HEAD']);
  }
}

function sendPublic(reply: FastifyReply, document: object): FastifyReply {
  return reply
    .headers({
      'cache-control': 'public, max-age=60',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'content-type': 'application/json',
    })
    .send(JSON.stringify(document));
}
