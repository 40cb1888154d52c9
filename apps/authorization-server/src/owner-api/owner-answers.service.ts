import { Injectable } from '@nestjs/common';
import type { Duration, Instant, Page } from '@valetkey/kernel';
import type { AuthorizationRecord, Party, PermissionCeiling } from '@valetkey/authorizations';
import { ClientRegistry } from '@valetkey/clients';
import type { AccessRequest, Policy, RequestedPermission, Resource } from '@valetkey/uma';
import { latestEnd, ResourceStore } from '@valetkey/uma';
import { inLanguage, taggedMember } from './localized-text.js';
import { ScopeWordingStore } from './scope-wording.store.js';

/** Language tags, best first. */
type Languages = readonly string[];

/** A list as it is answered. */
export interface ListAnswer {
  readonly items: unknown[];
  readonly next_cursor?: string;
}

/** Turns what is stored into what an owner reads: names that people recognise, instants in ISO form. */
@Injectable()
export class OwnerAnswers {
  constructor(
    private readonly clients: ClientRegistry,
    private readonly resources: ResourceStore,
    private readonly wording: ScopeWordingStore,
  ) {}

  async list<T>(page: Page<T>, answer: (item: T) => Promise<unknown> | unknown): Promise<ListAnswer> {
    const items = await Promise.all(page.items.map(answer));
    return { items, ...(page.next !== undefined && { next_cursor: page.next }) };
  }

  async resource(resource: Resource, languages: Languages): Promise<unknown> {
    const server = await this.clients.resourceServer(resource.resourceServerId);
    return {
      id: resource.id,
      name: nameOf(resource, languages),
      rs_name: server?.name ?? resource.resourceServerId,
      type: resource.description['type'],
      description: inLanguage(taggedMember(resource.description, 'description'), languages),
      scopes: [...resource.scopes.keys()],
      created_at: iso(resource.createdAt),
      updated_at: iso(resource.updatedAt),
    };
  }

  policy(policy: Policy): unknown {
    return {
      id: policy.id,
      resource_id: policy.resourceId,
      subject: subjectAnswer(policy),
      client_id: policy.clientId ?? undefined,
      scopes: policy.scopes,
      not_before: iso(policy.notBefore),
      expires_at: iso(policy.expiresAt),
      max_claims_age: seconds(policy.maxClaimsAge),
      min_acr: policy.minAcr ?? undefined,
      max_auth_age: seconds(policy.maxAuthAge),
      created_at: iso(policy.createdAt),
      updated_at: iso(policy.updatedAt),
    };
  }

  async request(request: AccessRequest, now: Instant, languages: Languages): Promise<unknown> {
    const expired = request.state === 'pending' && now >= request.expiresAt;
    const resources = request.permissions.map((permission) => this.asked(request, permission, languages));
    return {
      id: request.id,
      state: expired ? 'expired' : request.state,
      client: await this.client(request.clientId),
      requesting_party: partyAnswer(request.party),
      resources: await Promise.all(resources),
      created_at: iso(request.createdAt),
      expires_at: iso(request.expiresAt),
      decided_at: iso(request.decidedAt),
    };
  }

  async authorization(
    record: AuthorizationRecord,
    ceilings: readonly PermissionCeiling[],
    languages: Languages,
  ): Promise<unknown> {
    const scopes = record.origin === 'uma' ? ceilings.flatMap((ceiling) => ceiling.scopes) : record.scopes;
    return {
      grant_id: record.id,
      origin: record.origin,
      state: record.state,
      client: await this.client(record.clientId),
      requesting_party: record.party ? partyAnswer(record.party) : undefined,
      label: record.label ?? undefined,
      scopes: await this.wording.describe([...new Set(scopes)], languages),
      resources: await Promise.all(ceilings.map((ceiling) => this.held(ceiling, languages))),
      granted_at: iso(record.createdAt),
      last_used_at: iso(record.lastUsedAt),
      expires_at: iso(record.expiresAt ?? latestEnd(ceilings)),
      ended_at: iso(record.endedAt),
      token_type: 'Bearer',
    };
  }

  /** A resource that a record allows something on (introspection-revocation D). */
  private async held({ resourceId, scopes, expiresAt }: PermissionCeiling, languages: Languages): Promise<unknown> {
    const { name, rsName } = await this.names(resourceId, languages);
    return { id: resourceId, name, rs_name: rsName, scopes, expires_at: iso(expiresAt) };
  }

  /** As the resource is called now; one that is gone keeps the name under which it was asked for. */
  private async asked(
    { resourceServerId }: AccessRequest,
    { resourceId, name, scopes }: RequestedPermission,
    languages: Languages,
  ): Promise<unknown> {
    const resource = await this.resources.find(resourceId);
    const server = await this.clients.resourceServer(resourceServerId);
    return {
      resource_id: resourceId,
      name: resource ? nameOf(resource, languages) : (name ?? resourceId),
      rs_name: server?.name,
      scopes,
      removed: resource ? undefined : true,
    };
  }

  private async names(resourceId: string, languages: Languages): Promise<{ name: string; rsName: string | undefined }> {
    const resource = await this.resources.find(resourceId);
    const server = resource && (await this.clients.resourceServer(resource.resourceServerId));
    return { name: resource ? nameOf(resource, languages) : resourceId, rsName: server?.name };
  }

  private async client(id: string): Promise<unknown> {
    const client = await this.clients.find(id);
    return {
      client_id: id,
      name: client?.name ?? id,
      publisher: client?.publisher ?? undefined,
      logo_uri: client?.logoUri ?? undefined,
    };
  }
}

/** Its name in words that the owner reads; its identifier when the resource server gave none. */
function nameOf(resource: Resource, languages: Languages): string {
  return inLanguage(taggedMember(resource.description, 'name'), languages) ?? resource.id;
}

function seconds(duration: Duration | null): number | undefined {
  return duration === null ? undefined : duration / 1000;
}

function iso(instant: Instant | null): string | undefined {
  return instant === null ? undefined : new Date(instant).toISOString();
}

function subjectAnswer({ subject }: Policy): unknown {
  return subject.type === 'account' ? { type: 'account', account_id: subject.accountId } : subject;
}

function partyAnswer({ accountId, ...party }: Party): unknown {
  return { ...party, account_id: accountId };
}
