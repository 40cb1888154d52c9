import { Injectable } from '@nestjs/common';
import type { Client } from '@valetkey/clients';
import { ClientRegistry } from '@valetkey/clients';
import { ClaimsGathering } from '@valetkey/grants';
import { Clock } from '@valetkey/kernel';
import type { Interaction } from '@valetkey/oauth';
import { GRANT_TYPE } from '@valetkey/protocol';
import type { PermissionTicket } from '@valetkey/uma';
import { PageError } from '../../pages/http/page-error.js';
import { contentOf } from './claims-content.js';

/** A process at a browser: its client, and the ticket that it stands on. */
export interface Stand {
  readonly interaction: Interaction;
  readonly client: Client;
  readonly ticket: PermissionTicket;
}

/** Where the process of an interaction stands. */
@Injectable()
export class ClaimsStand {
  constructor(
    private readonly clients: ClientRegistry,
    private readonly gathering: ClaimsGathering,
    private readonly clock: Clock,
  ) {}

  /** The client that asks, or `undefined` when it was disabled meanwhile. */
  findClient(interaction: Interaction): Promise<Client | undefined> {
    return this.clients.findEnabled(contentOf(interaction).clientId);
  }

  /** @throws PageError when the client was disabled meanwhile, or what it had registered for this was taken away */
  async client(interaction: Interaction): Promise<Client> {
    const { redirectUri } = contentOf(interaction);
    const client = await this.findClient(interaction);
    if (!client) throw new PageError('unknown_application', 'client_disabled_meanwhile');
    if (!client.metadata.claimsRedirectUris.includes(redirectUri)) {
      throw new PageError('bad_request', 'redirect_uri_unregistered');
    }
    if (!client.grantTypes.includes(GRANT_TYPE.umaTicket)) throw new PageError('bad_request', 'grant_not_allowed');
    return client;
  }

  /** @throws PageError when the process was ended meanwhile, by a replay of its ticket or in another window */
  async of(interaction: Interaction): Promise<Stand> {
    const client = await this.client(interaction);
    const ticket = await this.gathering.find(contentOf(interaction).held, { client, now: this.clock.now() });
    if (!ticket) throw new PageError('expired', 'ticket_process_over');
    return { interaction, client, ticket };
  }
}
