import { Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { JobReport } from '@valetkey/jobs';
import { TokenRates } from './token-rates.js';

/** The one route that ends so, below whatever path the issuer has. */
const TOKEN_ENDPOINT = '/token';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

/** What operators measure. Labels are route patterns and codes, never identifiers or anything secret. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();
  readonly tokenRates: TokenRates;
  private readonly requests = new Histogram({
    name: 'valetkey_http_request_duration_seconds',
    help: 'Duration of HTTP requests by route, method and status.',
    labelNames: ['route', 'method', 'status'] as const,
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly children = new Map<string, Histogram.Internal<'route' | 'method' | 'status'>>();
  private readonly jobs = new Counter({
    name: 'valetkey_job_runs_total',
    help: 'Runs of background jobs by outcome.',
    labelNames: ['job', 'outcome'] as const,
    registers: [this.registry],
  });

  constructor(clock: Clock) {
    this.tokenRates = new TokenRates(() => clock.now());
    collectDefaultMetrics({ register: this.registry });
  }

  observeRequest(request: FastifyRequest, reply: FastifyReply): void {
    // A stream lasts as long as somebody listens: that says nothing of how fast answers are.
    if (String(reply.getHeader('content-type')).startsWith('text/event-stream')) return;
    const route = request.routeOptions.url ?? 'none';
    this.childOf(route, request.method, String(reply.statusCode)).observe(reply.elapsedTime / 1000);
    if (request.method === 'POST' && route.endsWith(TOKEN_ENDPOINT)) this.tokenRates.observe(reply.statusCode);
  }

  /** The histogram of one set of labels, looked up once: finding it anew costs more than the observation. */
  private childOf(route: string, method: string, status: string): Histogram.Internal<'route' | 'method' | 'status'> {
    const key = `${method} ${status} ${route}`;
    let child = this.children.get(key);
    if (!child) this.children.set(key, (child = this.requests.labels(route, method, status)));
    return child;
  }

  observeJob({ name, error }: JobReport): void {
    this.jobs.inc({ job: name, outcome: error === undefined ? 'done' : 'failed' });
  }

  /** Tells how long the lists of revoked certificates last, where there are any. */
  watchRevocationLists(lists: { readonly nextUpdate: number | undefined }): void {
    if (lists.nextUpdate === undefined) return;
    const gauge: Gauge = new Gauge({
      name: 'valetkey_revocation_list_next_update_timestamp_seconds',
      help: 'When the first list of revoked client certificates is to be replaced, in seconds since 1970.',
      registers: [this.registry],
      collect: (): void => gauge.set((lists.nextUpdate ?? 0) / 1000),
    });
  }
}
