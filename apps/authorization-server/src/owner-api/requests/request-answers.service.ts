import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { Page } from '@valetkey/kernel';
import type { RequestView } from '@valetkey/owner-contract';
import type { AccessRequest } from '@valetkey/uma';
import type { ListAnswer } from '../list-answer.js';
import type { Languages, Names } from '../owner-names.service.js';
import { OwnerNames } from '../owner-names.service.js';
import { partyAnswer } from '../party-answer.js';
import { RequestViews } from './request-views.service.js';

/** Turns requests for access into what their owner reads: her console, and clients of the API. */
@Injectable()
export class RequestAnswers {
  constructor(
    private readonly names: OwnerNames,
    private readonly views: RequestViews,
  ) {}

  /** Requests of one owner. */
  async list(owner: OwnerId, page: Page<AccessRequest>, languages: Languages): Promise<ListAnswer> {
    const clients = page.items.map(({ clientId }) => clientId);
    const names = await this.names.of({ clients, resources: [] }, languages);
    const views = await this.views.of(owner, page.items, languages);
    const items = page.items.flatMap((request, index) => {
      const view = views[index];
      return view ? [{ ...formerMembers(request, view, names), ...view }] : [];
    });
    return { items, ...(page.next !== undefined && { next_cursor: page.next }) };
  }

  async one(request: AccessRequest, languages: Languages): Promise<unknown> {
    return (await this.list(request.owner, { items: [request] }, languages)).items[0];
  }
}

/** What clients of the API know a request by. */
function formerMembers({ clientId, party, permissions }: AccessRequest, view: RequestView, names: Names): object {
  return {
    client: names.client(clientId),
    requesting_party: partyAnswer(party),
    resources: view.asked.map(({ resource }, index) => ({
      resource_id: resource.id,
      name: resource.name,
      rs_name: resource.service.name,
      scopes: permissions[index]?.scopes,
      removed: resource.removed,
    })),
    created_at: view.asked_at,
  };
}
