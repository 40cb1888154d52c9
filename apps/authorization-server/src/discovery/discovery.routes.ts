import { Injectable } from '@nestjs/common';
import type { Duration } from '@valetkey/kernel';
import { KeyRing } from '@valetkey/keys';
import type { FastifyInstance, FastifyReply, HTTPMethods } from 'fastify';
import type { Hook } from '../http/cross-origin.service.js';
import { refuseButPreflights } from '../http/cross-origin.service.js';
import type { PlainRoutes } from '../http/plain-routes.js';
import { resourceMetadataPath } from '../http/resource-metadata.js';
import { ResourceMetadata } from './resource-metadata.service.js';
import { ServerMetadata } from './server-metadata.service.js';

const READING: readonly HTTPMethods[] = ['GET', 'HEAD'];
/** The metadata change with the configuration only. */
const METADATA_MAX_AGE = 60_000;

/** Public documents: may be cached for a minute at most, and read by scripts of any origin. */
@Injectable()
export class DiscoveryRoutes implements PlainRoutes {
  constructor(
    private readonly metadata: ServerMetadata,
    private readonly resources: ResourceMetadata,
    private readonly keyRing: KeyRing,
  ) {}

  /** RFC 8414 and RFC 9728 insert their names before the issuer's path, OpenID Connect and UMA append theirs behind it (IR-63). */
  register(fastify: FastifyInstance, prefix: string): void {
    const metadata: PublicDocument = { maxAge: METADATA_MAX_AGE, read: () => this.metadata.document() };
    const jwks: PublicDocument = { maxAge: this.keyRing.jwksMaxAge, read: () => this.keyRing.jwks() };
    serve(fastify, `/.well-known/oauth-authorization-server${prefix}`, metadata);
    serve(fastify, `${prefix}/.well-known/openid-configuration`, metadata);
    serve(fastify, `${prefix}/.well-known/uma2-configuration`, metadata);
    serve(fastify, `${prefix}/jwks`, jwks);
    for (const path of this.resources.paths) {
      const read = () => Promise.resolve(this.resources.document(path));
      serve(fastify, resourceMetadataPath(prefix, path), { maxAge: METADATA_MAX_AGE, read });
    }
  }
}

interface PublicDocument {
  readonly maxAge: Duration;
  readonly read: () => Promise<object>;
}

function serve(fastify: FastifyInstance, url: string, { maxAge, read }: PublicDocument): void {
  fastify.get(url, async (_request, reply) => sendPublic(reply, await read(), maxAge));
  refuseButPreflights(fastify, url, READING, admitAll);
}

const admitAll: Hook = (_request, reply, done) => {
  void reply.header('access-control-allow-origin', '*');
  done();
};

function sendPublic(reply: FastifyReply, document: object, maxAge: Duration): FastifyReply {
  return reply
    .headers({
      'cache-control': `public, max-age=${Math.floor(maxAge / 1000)}`,
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'content-type': 'application/json',
    })
    .send(JSON.stringify(document));
}
