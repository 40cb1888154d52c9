import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { RequestRates } from '../http/request-rates.service.js';
import { BrowserSession } from './browser-session.service.js';

/** How many people can begin something at their browsers: each beginning leaves a row behind (attack class 264). */
@Injectable()
export class VisitLimit {
  constructor(
    private readonly session: BrowserSession,
    private readonly rates: RequestRates,
  ) {}

  /** @throws OAuthError 429 */
  async count(http: FastifyRequest): Promise<void> {
    await this.rates.visit(await this.session.ownerOf(http), http.ip);
  }
}
