import { Injectable } from '@nestjs/common';
import type { Duration, Page } from '@valetkey/kernel';
import type { Policy, Resource } from '@valetkey/uma';
import { inLanguage, taggedMember } from './localized-text.js';
import { isoText } from './iso-text.js';
import type { ListAnswer } from './list-answer.js';
import { listAnswer } from './list-answer.js';
import type { Languages } from './owner-names.service.js';
import { nameOf, OwnerNames } from './owner-names.service.js';

/** Turns resources and policies into what an owner reads: names that people recognise, instants in ISO form. */
@Injectable()
export class OwnerAnswers {
  constructor(private readonly names: OwnerNames) {}

  async resources(page: Page<Resource>, languages: Languages): Promise<ListAnswer> {
    const resourceServers = page.items.map(({ resourceServerId }) => resourceServerId);
    const names = await this.names.of({ clients: [], resources: [], resourceServers }, languages);
    return listAnswer(page, (resource) => ({
      id: resource.id,
      name: nameOf(resource, languages),
      rs_name: names.resourceServer(resource.resourceServerId) ?? resource.resourceServerId,
      type: resource.description['type'],
      description: inLanguage(taggedMember(resource.description, 'description'), languages),
      scopes: [...resource.scopes.keys()],
      created_at: isoText(resource.createdAt),
      updated_at: isoText(resource.updatedAt),
    }));
  }

  async resource(resource: Resource, languages: Languages): Promise<unknown> {
    return (await this.resources({ items: [resource] }, languages)).items[0];
  }

  policy(policy: Policy): unknown {
    return {
      id: policy.id,
      resource_id: policy.resourceId,
      subject: subjectAnswer(policy),
      client_id: policy.clientId ?? undefined,
      scopes: policy.scopes,
      not_before: isoText(policy.notBefore),
      expires_at: isoText(policy.expiresAt),
      max_claims_age: seconds(policy.maxClaimsAge),
      min_acr: policy.minAcr ?? undefined,
      max_auth_age: seconds(policy.maxAuthAge),
      created_at: isoText(policy.createdAt),
      updated_at: isoText(policy.updatedAt),
    };
  }
}

function seconds(duration: Duration | null): number | undefined {
  return duration === null ? undefined : duration / 1000;
}

function subjectAnswer({ subject }: Policy): unknown {
  return subject.type === 'account' ? { type: 'account', account_id: subject.accountId } : subject;
}
