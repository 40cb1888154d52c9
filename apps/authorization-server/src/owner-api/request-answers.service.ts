import { Injectable } from '@nestjs/common';
import type { Page } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { AccessRequest, RequestedPermission } from '@valetkey/uma';
import { isoText } from './iso-text.js';
import type { ListAnswer } from './list-answer.js';
import { listAnswer } from './list-answer.js';
import type { Languages, Names } from './owner-names.service.js';
import { OwnerNames } from './owner-names.service.js';
import { partyAnswer } from './party-answer.js';

/** Turns requests for access into what their owner reads. */
@Injectable()
export class RequestAnswers {
  constructor(
    private readonly names: OwnerNames,
    private readonly clock: Clock,
  ) {}

  async list(page: Page<AccessRequest>, languages: Languages): Promise<ListAnswer> {
    const clients = page.items.map(({ clientId }) => clientId);
    const resources = page.items.flatMap(({ permissions }) => permissions.map(({ resourceId }) => resourceId));
    const resourceServers = page.items.map(({ resourceServerId }) => resourceServerId);
    const names = await this.names.of({ clients, resources, resourceServers }, languages);
    return listAnswer(page, (request) => this.answer(request, names));
  }

  async one(request: AccessRequest, languages: Languages): Promise<unknown> {
    return (await this.list({ items: [request] }, languages)).items[0];
  }

  private answer(request: AccessRequest, names: Names): unknown {
    const expired = request.state === 'pending' && this.clock.now() >= request.expiresAt;
    return {
      id: request.id,
      state: expired ? 'expired' : request.state,
      client: names.client(request.clientId),
      requesting_party: partyAnswer(request.party),
      resources: request.permissions.map((permission) => askedAnswer(request, permission, names)),
      created_at: isoText(request.createdAt),
      expires_at: isoText(request.expiresAt),
      decided_at: isoText(request.decidedAt),
    };
  }
}

/** As the resource is called now; one that is gone keeps the name under which it was asked for. */
function askedAnswer(
  { resourceServerId }: AccessRequest,
  { resourceId, name, scopes }: RequestedPermission,
  names: Names,
): unknown {
  const resource = names.resource(resourceId);
  return {
    resource_id: resourceId,
    name: resource?.name ?? name ?? resourceId,
    rs_name: names.resourceServer(resourceServerId),
    scopes,
    removed: resource ? undefined : true,
  };
}
