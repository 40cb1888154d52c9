import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { ClientRegistry } from '@valetkey/clients';
import type { PageRequest } from '@valetkey/kernel';
import type { AccessList, SubjectView } from '@valetkey/owner-contract';
import { OwnerDays } from '../settings/owner-days.service.js';
import { SubjectNames } from '../subjects/subject-names.service.js';
import type { Languages } from '../owner-names.service.js';
import type { Subjects } from '../subjects/subjects.js';
import { FILTERS } from './access-entry.js';
import type { AccessEntry } from './access-entry.js';
import type { EntriesWanted } from './access-entries.service.js';
import { AccessEntries } from './access-entries.service.js';
import type { AccessQuery, NamedEntry } from './access-order.js';
import { countsOf, inOrder, isAsked, pageOf } from './access-order.js';
import { AccessRows } from './access-rows.service.js';

/** Who has access: searched, filtered, counted, in the order of names. */
@Injectable()
export class AccessLists {
  constructor(
    private readonly entries: AccessEntries,
    private readonly rows: AccessRows,
    private readonly names: SubjectNames,
    private readonly clients: ClientRegistry,
    private readonly days: OwnerDays,
  ) {}

  async list(
    owner: OwnerId,
    {
      query,
      wanted,
      page,
    }: { readonly query: AccessQuery; readonly wanted: EntriesWanted; readonly page: PageRequest },
    languages: Languages,
  ): Promise<AccessList> {
    const moments = await this.days.momentsOf(owner);
    const named = (await this.named(await this.entries.of(owner, wanted))).filter((one) => isAsked(one, query.q));
    const counts = countsOf(named, moments);
    const shown = named.filter(({ entry }) => FILTERS[query.filter](entry, moments));
    const { items, next } = pageOf(inOrder(shown, query.by), page);
    const entries = items.map(({ entry }) => entry);
    return {
      items: await this.rows.of(owner, entries, languages),
      ...(next !== undefined && { next_cursor: next }),
      counts: { ...counts.filters, people: counts.people, applications: counts.applications },
      computed_at: new Date(moments.now).toISOString(),
    };
  }

  private async named(entries: readonly AccessEntry[]): Promise<NamedEntry[]> {
    const handles = entries.filter(({ share }) => !share?.subjectName).map(({ holder }) => holder);
    const subjects = await this.names.of({ handles });
    const services = new Map((await this.clients.resourceServers()).map(({ clientId, name }) => [clientId, name]));
    return entries.map((entry) => ({
      entry,
      holderName: entry.share?.subjectName ?? holderOf(entry, subjects).name,
      resourceName: entry.share?.resourceName ?? '',
      serviceName: services.get(entry.share?.resourceServerId ?? '') ?? '',
    }));
  }
}

function holderOf({ holder, share }: AccessEntry, subjects: Subjects): SubjectView {
  return share ? subjects.holder(share) : subjects.of(holder);
}
