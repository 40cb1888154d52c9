import { Controller, Get, Inject, UseGuards } from '@nestjs/common';
import { ConnectedOwnersStore } from '@valetkey/authorizations';
import type { ServerContact } from '@valetkey/clients';
import { ResourceServerStore, ServerContactStore } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import type { ListAnswer, ResourceServerRow } from '@valetkey/operator-contract';
import { SERVER_SCOPE } from '@valetkey/protocol';
import { ResourceStore } from '@valetkey/uma';
import type { Config } from '../../config/config.js';
import { CONFIG } from '../../http/http-tokens.js';
import { OperatorGuard } from '../operator.guard.js';

const COUNT_UP_TO = 10_000;

/** {issuer}/operator-api/resource-servers: those of the configuration, and how they do. */
@Controller('operator-api/resource-servers')
@UseGuards(OperatorGuard)
export class ResourceServersController {
  private readonly asked: ReadonlySet<string>;

  constructor(
    private readonly servers: ResourceServerStore,
    private readonly contacts: ServerContactStore,
    private readonly resources: ResourceStore,
    private readonly connected: ConnectedOwnersStore,
    private readonly clock: Clock,
    @Inject(CONFIG) { resourceServers }: Config,
  ) {
    this.asked = new Set(resourceServers.filter(({ health }) => health !== undefined).map(({ clientId }) => clientId));
  }

  @Get()
  async list(): Promise<ListAnswer<ResourceServerRow>> {
    const contacts = await this.contacts.all();
    const items: ResourceServerRow[] = [];
    for (const { clientId, name, resource, enabled } of await this.servers.all()) {
      items.push({
        client_id: clientId,
        name,
        resource,
        enabled,
        ...stateOf(this.asked.has(clientId) ? contacts.get(clientId) : undefined),
        resources: await this.resources.countOfServer(clientId, COUNT_UP_TO),
        protection: await this.protectionOf(clientId),
      });
    }
    return { items };
  }

  private async protectionOf(clientId: string): Promise<ResourceServerRow['protection']> {
    const client = { id: clientId, scope: SERVER_SCOPE.protection };
    const { owners, lastUsedAt } = await this.connected.of(client, this.clock.now(), COUNT_UP_TO);
    return { owners, ...(lastUsedAt !== null && { last_used_at: new Date(lastUsedAt).toISOString() }) };
  }
}

function stateOf(contact: ServerContact | undefined): Pick<ResourceServerRow, 'state' | 'answered_at'> {
  if (!contact) return { state: 'unknown' };
  const answered = contact.answeredAt === null ? undefined : new Date(contact.answeredAt).toISOString();
  const usual = answered === undefined ? 'unknown' : 'answering';
  return { state: contact.isSilent ? 'silent' : usual, ...(answered !== undefined && { answered_at: answered }) };
}
