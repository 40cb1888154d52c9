import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import type { PlainRoutes } from '../http/plain-routes.js';
import { refuseOtherMethods, send } from '../http/plain-routes.js';
import { Metrics } from './metrics.service.js';
import { Readiness } from './readiness.service.js';

/** For orchestration and monitoring; always at the root, whatever the issuer's path is. */
@Injectable()
export class HealthRoutes implements PlainRoutes {
  constructor(
    private readonly readiness: Readiness,
    private readonly metrics: Metrics,
  ) {}

  register(fastify: FastifyInstance): void {
    fastify.get('/health/live', (_request, reply) => send(reply, { status: 200, body: { status: 'live' } }));
    fastify.get('/health/ready', async (_request, reply) =>
      (await this.readiness.isReady())
        ? send(reply, { status: 200, body: { status: 'ready' } })
        : send(reply, { status: 503, body: { status: 'not_ready' }, headers: { 'retry-after': '1' } }),
    );
    fastify.get('/metrics', async (_request, reply) =>
      reply
        .header('cache-control', 'no-store')
        .header('x-content-type-options', 'nosniff')
        .type(this.metrics.registry.contentType)
        .send(await this.metrics.registry.metrics()),
    );
    for (const url of ['/health/live', '/health/ready', '/metrics']) refuseOtherMethods(fastify, url, ['GET', 'HEAD']);
  }
}
