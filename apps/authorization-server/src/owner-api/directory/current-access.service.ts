import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { ClientRegistry } from '@valetkey/clients';
import { Clock } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';
import type { AccessRow } from '@valetkey/owner-contract';
import type { Policy, Resource } from '@valetkey/uma';
import { PolicyStore, ResourceStore } from '@valetkey/uma';
import { isoText } from '../iso-text.js';
import type { Languages } from '../owner-names.service.js';
import { nameOf } from '../owner-names.service.js';
import { ScopeWordingStore } from '../scope-wording.store.js';
import { SubjectNames } from '../subjects/subject-names.service.js';
import type { Subjects } from '../subjects/subjects.js';

/** More than a resource can have. */
const MOST_POLICIES = 1000;

/** Who holds what of one resource. */
@Injectable()
export class CurrentAccess {
  constructor(
    private readonly resources: ResourceStore,
    private readonly policies: PolicyStore,
    private readonly clients: ClientRegistry,
    private readonly wording: ScopeWordingStore,
    private readonly subjects: SubjectNames,
    private readonly clock: Clock,
  ) {}

  /**
   * The access of each holder that has not ended, by handle; of several shares the first.
   * @throws OAuthError not_found for a resource that is not the owner's
   */
  async on(resourceId: string, owner: OwnerId, languages: Languages): Promise<ReadonlyMap<string, AccessRow>> {
    const resource = await this.resources.findOfOwner(resourceId, owner);
    if (!resource) throw new OAuthError('not_found', 'not_found');
    const { items } = await this.policies.page(owner, { limit: MOST_POLICIES }, resourceId);
    const now = this.clock.now();
    const living = items.filter(({ expiresAt }) => expiresAt === null || expiresAt > now);
    const subjects = await this.subjects.of({ policies: living });
    const rows = new Map<string, AccessRow>();
    for (const policy of living) {
      const row = await this.rowOf(policy, resource, { subjects, languages });
      if (!rows.has(row.holder.id)) rows.set(row.holder.id, row);
    }
    return rows;
  }

  private async rowOf(
    policy: Policy,
    resource: Resource,
    { subjects, languages }: { subjects: Subjects; languages: Languages },
  ): Promise<AccessRow> {
    const { resourceServerId: id } = resource;
    const server = await this.clients.resourceServer(id);
    const service = { id, name: server?.name ?? id, state: 'answering' } as const;
    const isAhead = policy.notBefore !== null && policy.notBefore > this.clock.now();
    const { notBefore, expiresAt, createdAt, clientId, subject } = policy;
    return {
      id: `share:${policy.id}`,
      version: String(policy.version),
      origin: policy.requestId === null ? 'share' : 'request',
      state: isAhead ? 'starting' : 'active',
      holder: subjects.holder(policy),
      ...(clientId !== null && subject.type !== 'client' && { through: subjects.client(clientId) }),
      resources: [{ id: resource.id, name: nameOf(resource, languages), service }],
      resource_count: 1,
      scopes: await this.wording.views(policy.scopes, languages),
      ...(notBefore !== null && { from: isoText(notBefore) as string }),
      ...(expiresAt !== null && { until: isoText(expiresAt) as string }),
      given_at: isoText(createdAt) as string,
    };
  }
}
