import { Injectable } from '@nestjs/common';
import { Persons } from '@valetkey/accounts';
import type { AuthorizationRecord, CeilingSum, PermissionCeiling } from '@valetkey/authorizations';
import { PermissionCeilingStore, UsageRecorder } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import { sentenceOf } from '../authorization-api/asked-sentences.service.js';
import type { Languages, Names } from '../owner-api/owner-names.service.js';
import { OwnerNames } from '../owner-api/owner-names.service.js';
import type { ShownAccess } from '../pages/views/applications.view.js';
import { RESOURCES_NAMED } from '../pages/views/applications.view.js';
import { LingeringAccess } from './lingering-access.service.js';

/** An authorization with what is told of it. */
interface Told {
  readonly record: AuthorizationRecord;
  readonly resources: readonly PermissionCeiling[];
  readonly sum: CeilingSum | undefined;
}

/** What the rows of one page are put into words with. */
interface Words {
  readonly names: Names;
  /** User names of accounts here. */
  readonly usernames: ReadonlyMap<string, string>;
  /** Until when a part of the access goes on, if it is ended now, by the id of the authorization. */
  readonly lingering: ReadonlyMap<string, Instant>;
}

/** Puts authorizations into words for their owner: names are looked for once for a whole page. */
@Injectable()
export class ApplicationRows {
  constructor(
    private readonly ceilings: PermissionCeilingStore,
    private readonly usage: UsageRecorder,
    private readonly names: OwnerNames,
    private readonly persons: Persons,
    private readonly lingering: LingeringAccess,
  ) {}

  async of(items: readonly AuthorizationRecord[], languages: Languages, now: Instant): Promise<ShownAccess[]> {
    const ids = items.map(({ id }) => id);
    const [first, sums] = [await this.ceilings.firstOf(ids), await this.ceilings.sumsOf(ids)];
    const told = items.map((record) => ({ record, resources: first.get(record.id) ?? [], sum: sums.get(record.id) }));
    const names = await this.names.of(
      {
        clients: items.map(({ clientId }) => clientId),
        resources: told.flatMap(({ resources }) => resources.map(({ resourceId }) => resourceId)),
        scopes: told.flatMap(scopesOf),
      },
      languages,
    );
    const persons = await this.persons.findAll(items.flatMap(({ party }) => party?.accountId ?? []));
    const usernames = new Map([...persons].map(([id, { username }]) => [id, username]));
    const lingering = new Map<string, Instant>();
    for (const record of items) {
      const until = await this.lingering.until(record, now);
      if (until !== undefined) lingering.set(record.id, until);
    }
    return told.map((one) => this.row(one, { names, usernames, lingering }));
  }

  private row({ record, resources, sum }: Told, { names, usernames, lingering }: Words): ShownAccess {
    const named = resources.slice(0, RESOURCES_NAMED);
    const { name, publisher } = names.client(record.clientId);
    return {
      id: record.id,
      name,
      publisher,
      person: personOf(record, usernames),
      permissions: scopesOf({ record, sum }).map((scope) => sentenceOf(names.scope(scope))),
      resources: named.map(({ resourceId }) => names.resource(resourceId)?.name ?? resourceId),
      moreResources: (sum?.resources ?? 0) - named.length,
      since: record.createdAt,
      usedAt: this.usage.pendingUse(record.id) ?? record.lastUsedAt ?? undefined,
      until: record.expiresAt ?? sum?.expiresAt ?? undefined,
      lingersUntil: lingering.get(record.id),
      isResting: record.state === 'suspended',
    };
  }
}

/** Who asked for it, where that is not herself. */
function personOf({ origin, party }: AuthorizationRecord, usernames: Words['usernames']): ShownAccess['person'] {
  if (origin !== 'uma' || !party) return undefined;
  const known = party.name ?? party.email ?? usernames.get(party.accountId ?? '');
  return known === undefined ? { issuer: party.issuer } : { name: known };
}

/** Who she is goes without saying where there is more. */
function scopesOf({ record, sum }: Pick<Told, 'record' | 'sum'>): readonly string[] {
  if (record.origin === 'uma') return sum?.scopes ?? [];
  const scopes = [...new Set(record.scopes)];
  return scopes.length > 1 ? scopes.filter((scope) => scope !== 'openid') : scopes;
}
