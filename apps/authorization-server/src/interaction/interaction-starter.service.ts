import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '@valetkey/kernel';
import { InteractionStore } from '@valetkey/oauth';
import { Database, WriteSet } from '@valetkey/persistence';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../http/http-tokens.js';
import { BrowserBinding } from '../pages/http/browser-binding.service.js';
import { VisitLimit } from './visit-limit.service.js';

/** For so long a person may take over the pages of one request. */
export const INTERACTION_LIFETIME = 1_800_000;

/** Begins interactions: the request is kept here, and the browser goes where its pages are. */
@Injectable()
export class InteractionStarter {
  constructor(
    private readonly interactions: InteractionStore,
    private readonly binding: BrowserBinding,
    private readonly visits: VisitLimit,
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * @param content - what the kind needs to go on; kept as JSON
   * @param writes - what is to be committed with it
   * @throws OAuthError 429 when too many begin one
   * @throws ConditionFailed when a condition in `writes` does not hold
   */
  async begin(
    kind: string,
    content: unknown,
    { http, reply }: { http: FastifyRequest; reply: FastifyReply },
    writes = new WriteSet(),
  ): Promise<FastifyReply> {
    await this.visits.count(http);
    const now = this.clock.now();
    const browser = this.binding.of(http, reply);
    const expiresAt = now + INTERACTION_LIFETIME;
    const value = this.interactions.begin(writes, { kind, browser, content, now, expiresAt });
    await this.database.commit(writes);
    return reply
      .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      .redirect(`${this.config.issuer}/interaction/${value}`, 303);
  }
}
