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
  /** What the client asks for besides what the ticket is about. */
  readonly scopes: readonly string[];
}

/** What the client is told: whatever is wrong with a ticket, it hears no more than that. */
export type ArrivalProblem = 'invalid_request' | 'invalid_scope';

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

  /** @returns the redirect to the pages, or what is wrong with the ticket, or with what is asked for with it */
  async begin({ ticket, client, target, scopes }: Arrival, exchange: Exchange): Promise<FastifyReply | ArrivalProblem> {
    const writes = new WriteSet();
    const arrived = await this.gathering.arrive(
      { value: ticket, scopes },
      { client, now: this.clock.now(), writes },
      INTERACTION_LIFETIME,
    );
    if ('outcome' in arrived) {
      // What a replay ends is ended, and a ticket that was presented is used up (UG-53).
      if (!(await this.database.tryCommit(writes))) return 'invalid_request';
      if (arrived.outcome === 'granted') throw new Error('an arrival gives nothing');
      const { code, reason, securityEvent } = arrived;
      const from = { clientId: client.id, address: exchange.http.ip };
      if (securityEvent === true) this.events.record({ event: 'claims_refused', reason, ...from });
      return code === 'invalid_scope' ? code : 'invalid_request';
    }
    const content: ClaimsContent = { clientId: client.id, ...target, held: arrived };
    try {
      return await this.starter.begin(CLAIMS, content, exchange, writes);
    } catch (cause) {
      // Of two arrivals with one ticket, the other one was faster.
      if (cause instanceof ConditionFailed) return 'invalid_request';
      throw cause;
    }
  }
}
