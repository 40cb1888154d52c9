import { Injectable } from '@nestjs/common';
import { ClientRegistry } from '@valetkey/clients';
import type { FormParameters } from '@valetkey/oauth';
import { GRANT_TYPE } from '@valetkey/protocol';
import type { FastifyReply } from 'fastify';
import { PageError } from '../../pages/http/page-error.js';
import { ClaimsAnswers } from './claims-answers.service.js';
import { ClaimsArrival } from './claims-arrival.service.js';
import type { Exchange } from './claims-content.js';
import { readClaimsRequest } from './claims-request.js';

/** The claims interaction endpoint (UMA Grant section 3.3.2). */
@Injectable()
export class ClaimsEndpoint {
  constructor(
    private readonly clients: ClientRegistry,
    private readonly arrival: ClaimsArrival,
    private readonly answers: ClaimsAnswers,
  ) {}

  /** @throws PageError for a client or an address that must not be sent to */
  async handle(parameters: FormParameters, exchange: Exchange): Promise<FastifyReply> {
    const clientId = parameters.get('client_id');
    const client = clientId === undefined ? undefined : await this.clients.findEnabled(clientId);
    if (!client) throw new PageError('unknown_application', 'client_unknown');
    const { ticket, target } = readClaimsRequest(parameters, client);
    if (!client.grantTypes.includes(GRANT_TYPE.umaTicket)) {
      return this.answers.error(exchange, client, target, 'unauthorized_client');
    }
    const begun = ticket === undefined ? undefined : await this.arrival.begin({ ticket, client, target }, exchange);
    // Whatever is wrong with a ticket, the client hears no more than that.
    return begun ?? this.answers.error(exchange, client, target, 'invalid_request');
  }
}
