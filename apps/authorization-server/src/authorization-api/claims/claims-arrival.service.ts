import { Injectable } from '@nestjs/common';
import { SecurityEvents } from '@valetkey/audit';
import type { Client } from '@valetkey/clients';
import { ClaimsGathering } from '@valetkey/grants';
import { Clock } from '@valetkey/kernel';
import { ConditionFailed, Database, WriteSet } from '@valetkey/persistence';
import type { FastifyReply } from 'fastify';
import { INTERACTION_LIFETIME, InteractionStarter } from '../../interaction/interaction-starter.service.js';
import type { ClaimsContent, Exchange } from './claims-content.js';
import { CLAIMS } from './claims-content.js';

/** What a browser came with. */
export interface Arrival {
  readonly ticket: string;
  readonly client: Client;
  readonly target: Pick<ClaimsContent, 'redirectUri' | 'state'>;
}

/** Uses tickets up that browsers come with, and begins the interaction in the same write-set. */
@Injectable()
export class ClaimsArrival {
  constructor(
    private readonly gathering: ClaimsGathering,
    private readonly starter: InteractionStarter,
    private readonly events: SecurityEvents,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns the redirect to the pages, or `undefined` when the ticket is not one that this client can go on with */
  async begin({ ticket, client, target }: Arrival, exchange: Exchange): Promise<FastifyReply | undefined> {
    const writes = new WriteSet();
    const arrived = await this.gathering.arrive(
      ticket,
      { client, now: this.clock.now(), writes },
      INTERACTION_LIFETIME,
    );
    if ('outcome' in arrived) {
      // What a replay ends is ended.
      await this.database.commit(writes);
      if (arrived.outcome === 'refused' && arrived.securityEvent === true) {
        const { reason } = arrived;
        this.events.record({ event: 'claims_refused', reason, clientId: client.id, address: exchange.http.ip });
      }
      return undefined;
    }
    const content: ClaimsContent = { clientId: client.id, ...target, held: arrived };
    try {
      return await this.starter.begin(CLAIMS, content, exchange, writes);
    } catch (cause) {
      // Of two arrivals with one ticket, the other one was faster.
      if (cause instanceof ConditionFailed) return undefined;
      throw cause;
    }
  }
}
