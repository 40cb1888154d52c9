import { Injectable } from '@nestjs/common';
import { Persons } from '@valetkey/accounts';
import type { OwnerId, Party } from '@valetkey/authorizations';
import type { ResourceServer } from '@valetkey/clients';
import { ClientRegistry, ClientStore } from '@valetkey/clients';
import type { Policy, Resource } from '@valetkey/uma';
import { ResourceStore } from '@valetkey/uma';
import type { Languages } from '../owner-names.service.js';
import { ScopeWordingStore } from '../scope-wording.store.js';
import { ServerHealth } from '../services/server-health.service.js';
import { ConsoleWords } from './console-words.js';

/** What an answer speaks of; each may be there many times. */
export interface Spoken {
  readonly parties?: readonly Party[];
  readonly owners?: readonly OwnerId[];
  readonly accounts?: readonly string[];
  readonly clients?: readonly string[];
  readonly policies?: readonly Pick<Policy, 'subject' | 'clientId' | 'resourceId' | 'scopes'>[];
  readonly resourceIds?: readonly string[];
  /** Those that were read already. */
  readonly resources?: readonly Resource[];
  readonly services?: readonly string[];
  readonly scopes?: readonly string[];
}

const ACCOUNT = 'account:';

/** Finds the words of an answer of the console: once for a whole page, however often each is on it. */
@Injectable()
export class ConsoleNames {
  constructor(
    private readonly persons: Persons,
    private readonly clients: ClientRegistry,
    private readonly clientStore: ClientStore,
    private readonly resources: ResourceStore,
    private readonly wording: ScopeWordingStore,
    private readonly health: ServerHealth,
  ) {}

  async of(spoken: Spoken, languages: Languages): Promise<ConsoleWords> {
    const resources = await this.resourcesOf(spoken);
    const services = [...(spoken.services ?? []), ...[...resources.values()].map((one) => one.resourceServerId)];
    const servers = await this.serversOf(services);
    const unknown = services.filter((id) => !servers.has(id));
    const scopes = [...(spoken.scopes ?? []), ...(spoken.policies ?? []).flatMap((policy) => policy.scopes)];
    const worded = await this.wording.views([...new Set(scopes)], languages);
    const found = {
      accounts: await this.persons.findAll(accountsIn(spoken)),
      clients: await this.clientStore.names([...clientsIn(spoken), ...unknown]),
      resources,
      servers,
      scopes: new Map(worded.map((one) => [one.scope, one])),
      silent: services.length === 0 ? new Map() : await this.health.silent(),
    };
    return new ConsoleWords(found, languages);
  }

  private async resourcesOf({ resources = [], resourceIds = [], policies = [] }: Spoken) {
    const known = new Map(resources.map((one) => [one.id, one]));
    const named = [...resourceIds, ...policies.map(({ resourceId }) => resourceId)];
    const read = await this.resources.findAll(named.filter((id) => !known.has(id)));
    return new Map<string, Resource>([...known, ...read]);
  }

  private async serversOf(ids: Iterable<string>): Promise<Map<string, ResourceServer>> {
    const servers = new Map<string, ResourceServer>();
    for (const id of new Set(ids)) {
      const server = await this.clients.resourceServer(id);
      if (server) servers.set(id, server);
    }
    return servers;
  }
}

function accountsIn({ parties = [], owners = [], accounts = [], policies = [] }: Spoken): string[] {
  return [
    ...accounts,
    ...parties.flatMap(({ accountId }) => accountId ?? []),
    ...owners.filter((owner) => owner.startsWith(ACCOUNT)).map((owner) => owner.slice(ACCOUNT.length)),
    ...policies.flatMap(({ subject }) => (subject.type === 'account' ? [subject.accountId] : [])),
  ];
}

function clientsIn({ clients = [], owners = [], policies = [] }: Spoken): string[] {
  return [
    ...clients,
    ...owners.filter((owner) => !owner.startsWith(ACCOUNT)).map((owner) => owner.slice(owner.indexOf(':') + 1)),
    ...policies.flatMap(({ clientId }) => clientId ?? []),
  ];
}
