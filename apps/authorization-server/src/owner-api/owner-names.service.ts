import { Injectable } from '@nestjs/common';
import type { ClientName } from '@valetkey/clients';
import { ClientRegistry, ClientStore } from '@valetkey/clients';
import type { Resource } from '@valetkey/uma';
import { ResourceStore } from '@valetkey/uma';
import { inLanguage, taggedMember } from './localized-text.js';
import type { WordedScope } from './scope-wording.store.js';
import { ScopeWordingStore } from './scope-wording.store.js';

/** Language tags, best first. */
export type Languages = readonly string[];

/** Identifiers that one answer holds; each may be there many times. */
export interface Identifiers {
  readonly clients: readonly string[];
  readonly resources: readonly string[];
  /** Of the resource servers that are not known by their resources. */
  readonly resourceServers?: readonly string[];
  readonly scopes?: readonly string[];
}

/** A client in words. */
export interface ClientAnswer {
  readonly client_id: string;
  readonly name: string;
  readonly publisher: string | undefined;
  readonly logo_uri: string | undefined;
}

/** What people call the things of one answer. Whatever is gone is called by its identifier, or not at all. */
export interface Names {
  client(id: string): ClientAnswer;
  /** `undefined` for a resource that is not there any more. */
  resource(id: string): { readonly name: string; readonly rsName: string | undefined } | undefined;
  resourceServer(id: string): string | undefined;
  scope(scope: string): WordedScope;
}

/** Finds the names that an owner reads: once for a whole page, however often each is on it (IR-40). */
@Injectable()
export class OwnerNames {
  constructor(
    private readonly clients: ClientRegistry,
    private readonly clientStore: ClientStore,
    private readonly resources: ResourceStore,
    private readonly wording: ScopeWordingStore,
  ) {}

  async of(identifiers: Identifiers, languages: Languages): Promise<Names> {
    const clients = await this.clientStore.names(identifiers.clients);
    const resources = await this.resources.findAll(identifiers.resources);
    const ofResources = [...resources.values()].map(({ resourceServerId }) => resourceServerId);
    const servers = await this.serverNames([...(identifiers.resourceServers ?? []), ...ofResources]);
    const worded = await this.wording.describe([...new Set(identifiers.scopes)], languages);
    const scopes = new Map(worded.map((one) => [one.scope, answerOf(one)]));
    return {
      client: (id) => clientAnswer(id, clients.get(id)),
      resource: (id) => {
        const resource = resources.get(id);
        return resource && { name: nameOf(resource, languages), rsName: servers.get(resource.resourceServerId) };
      },
      resourceServer: (id) => servers.get(id),
      scope: (scope) => scopes.get(scope) ?? { scope, name: scope },
    };
  }

  /** Of the enabled ones: there are a few, whatever the page holds. */
  private async serverNames(ids: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const names = new Map<string, string>();
    for (const id of new Set(ids)) {
      const server = await this.clients.resourceServer(id);
      if (server) names.set(id, server.name);
    }
    return names;
  }
}

/** As the API has it: its reader says which languages are wanted, and marks nothing. */
function answerOf({ scope, name, description }: WordedScope): WordedScope {
  return { scope, name, ...(description !== undefined && { description }) };
}

/** A resource's name in words that the owner reads; its identifier when the resource server gave none. */
export function nameOf(resource: Resource, languages: Languages): string {
  return inLanguage(taggedMember(resource.description, 'name'), languages) ?? resource.id;
}

function clientAnswer(id: string, client: ClientName | undefined): ClientAnswer {
  return {
    client_id: id,
    name: client?.name ?? id,
    publisher: client?.publisher ?? undefined,
    logo_uri: client?.logoUri ?? undefined,
  };
}
