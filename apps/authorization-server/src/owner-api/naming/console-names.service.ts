import { Injectable } from '@nestjs/common';
import type { Policy, Resource } from '@valetkey/uma';
import { ResourceStore } from '@valetkey/uma';
import type { Languages } from '../owner-names.service.js';
import { ScopeWordingStore } from '../scope-wording.store.js';
import { ServerHealth } from '../services/server-health.service.js';
import type { Mentioned } from '../subjects/subject-names.service.js';
import { SubjectNames } from '../subjects/subject-names.service.js';
import { ConsoleWords } from './console-words.js';

/** What an answer speaks of; each may be there many times. */
export interface Spoken extends Mentioned {
  readonly policies?: readonly Pick<Policy, 'subject' | 'clientId' | 'resourceId' | 'scopes'>[];
  readonly resourceIds?: readonly string[];
  /** Those that were read already. */
  readonly resources?: readonly Resource[];
  readonly scopes?: readonly string[];
}

/** Finds the words of an answer of the owner API: once for a whole page, however often each is on it. */
@Injectable()
export class ConsoleNames {
  constructor(
    private readonly subjects: SubjectNames,
    private readonly resources: ResourceStore,
    private readonly wording: ScopeWordingStore,
    private readonly health: ServerHealth,
  ) {}

  async of(spoken: Spoken, languages: Languages): Promise<ConsoleWords> {
    const resources = await this.resourcesOf(spoken);
    const servers = [...(spoken.servers ?? []), ...[...resources.values()].map((one) => one.resourceServerId)];
    const scopes = [...(spoken.scopes ?? []), ...(spoken.policies ?? []).flatMap((policy) => policy.scopes)];
    const worded = await this.wording.views([...new Set(scopes)], languages);
    const found = {
      subjects: await this.subjects.of({ ...spoken, servers: [...new Set(servers)] }),
      resources,
      scopes: new Map(worded.map((one) => [one.scope, one])),
      silent: servers.length === 0 ? new Map<string, never>() : await this.health.silent(),
    };
    return new ConsoleWords(found, languages);
  }

  private async resourcesOf({ resources = [], resourceIds = [], policies = [] }: Spoken) {
    const known = new Map(resources.map((one) => [one.id, one]));
    const named = [...resourceIds, ...policies.map(({ resourceId }) => resourceId)];
    const read = await this.resources.findAll(named.filter((id) => !known.has(id)));
    return new Map<string, Resource>([...known, ...read]);
  }
}
