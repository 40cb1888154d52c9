import { Injectable } from '@nestjs/common';
import { ClientRegistry } from '@valetkey/clients';
import type { FormParameters } from '@valetkey/oauth';
import { OAuthError, parseScopes } from '@valetkey/oauth';
import { GRANT_TYPE } from '@valetkey/protocol';
import type { FastifyReply } from 'fastify';
import { PageError } from '../../pages/http/page-error.js';
import { ClaimsAnswers } from './claims-answers.service.js';
import type { Arrival, ArrivalProblem } from './claims-arrival.service.js';
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
    const { ticket, target, scope } = readClaimsRequest(parameters, client);
    if (!client.grantTypes.includes(GRANT_TYPE.umaTicket)) {
      return this.answers.error(exchange, client, target, 'unauthorized_client');
    }
    const begun =
      ticket === undefined ? 'invalid_request' : await this.begin({ ticket, scope, client, target }, exchange);
    return typeof begun === 'string' ? this.answers.error(exchange, client, target, begun) : begun;
  }

  private async begin(
    { scope, ...arrival }: Omit<Arrival, 'scopes'> & { scope: string | undefined },
    exchange: Exchange,
  ): Promise<FastifyReply | ArrivalProblem> {
    try {
      return await this.arrival.begin({ ...arrival, scopes: scope === undefined ? [] : parseScopes(scope) }, exchange);
    } catch (cause) {
      // A scope that cannot be read: as at the token endpoint, the ticket stays good.
      if (cause instanceof OAuthError && cause.code === 'invalid_scope') return cause.code;
      throw cause;
    }
  }
}
