import { Injectable } from '@nestjs/common';
import type { Page } from '@valetkey/kernel';
import type { AuthorizationRecord, CeilingSum, PermissionCeiling } from '@valetkey/authorizations';
import { PermissionCeilingStore, UsageRecorder } from '@valetkey/authorizations';
import { isoText } from './iso-text.js';
import type { ListAnswer } from './list-answer.js';
import { listAnswer } from './list-answer.js';
import type { WordedScope } from './scope-wording.store.js';
import type { Languages, Names } from './owner-names.service.js';
import { OwnerNames } from './owner-names.service.js';
import { partyAnswer } from './party-answer.js';

/** Resources that the answer about one authorization holds. */
const RESOURCES_OF_ONE = 100;

/** An authorization with what is told of it. */
interface Told {
  readonly record: AuthorizationRecord;
  /** The first ones, in order of their ids. */
  readonly resources: readonly PermissionCeiling[];
  readonly sum: CeilingSum;
}

/** Turns authorizations into what their owner reads (introspection-revocation D). */
@Injectable()
export class AuthorizationAnswers {
  constructor(
    private readonly ceilings: PermissionCeilingStore,
    private readonly usage: UsageRecorder,
    private readonly names: OwnerNames,
  ) {}

  /** Each with a few of its resources, and how many there are. */
  async list(page: Page<AuthorizationRecord>, languages: Languages): Promise<ListAnswer> {
    const ids = page.items.map(({ id }) => id);
    const first = await this.ceilings.firstOf(ids);
    const told = await this.told(page.items, (id) => first.get(id) ?? []);
    const names = await this.namesOf(told, languages);
    return listAnswer({ ...page, items: told }, (one) => this.answer(one, names));
  }

  /** One with its first hundred resources, and how many there are. */
  async one(record: AuthorizationRecord, languages: Languages): Promise<unknown> {
    const { items } = await this.ceilings.page(record.id, { limit: RESOURCES_OF_ONE });
    const told = await this.told([record], () => items);
    const names = await this.namesOf(told, languages);
    return told.map((one) => this.answer(one, names))[0];
  }

  /** A page of what one authorization allows. */
  async resources(page: Page<PermissionCeiling>, languages: Languages): Promise<ListAnswer> {
    const resources = page.items.map(({ resourceId }) => resourceId);
    const names = await this.names.of({ clients: [], resources }, languages);
    return listAnswer(page, (ceiling) => heldAnswer(ceiling, names));
  }

  private async told(
    records: readonly AuthorizationRecord[],
    resources: (id: string) => readonly PermissionCeiling[],
  ): Promise<Told[]> {
    const sums = await this.ceilings.sumsOf(records.map(({ id }) => id));
    return records.map((record) => ({
      record,
      resources: resources(record.id),
      sum: sums.get(record.id) ?? { resources: 0, scopes: [], expiresAt: null },
    }));
  }

  private namesOf(told: readonly Told[], languages: Languages): Promise<Names> {
    const clients = told.map(({ record }) => record.clientId);
    const resources = told.flatMap((one) => one.resources.map(({ resourceId }) => resourceId));
    return this.names.of({ clients, resources, scopes: told.flatMap(scopesOf) }, languages);
  }

  private answer(told: Told, names: Names): unknown {
    const { record, sum } = told;
    return {
      grant_id: record.id,
      origin: record.origin,
      state: record.state,
      client: names.client(record.clientId),
      requesting_party: record.party ? partyAnswer(record.party) : undefined,
      label: record.label ?? undefined,
      scopes: scopesOf(told).map((scope) => wordsOf(names.scope(scope))),
      resources: told.resources.map((ceiling) => heldAnswer(ceiling, names)),
      resource_count: sum.resources,
      granted_at: isoText(record.createdAt),
      last_used_at: isoText(this.usage.pendingUse(record.id) ?? record.lastUsedAt),
      expires_at: isoText(record.expiresAt ?? sum.expiresAt),
      ended_at: isoText(record.endedAt),
      token_type: 'Bearer',
    };
  }
}

/** Of UMA authorizations those of all their resources, shown or not. */
function scopesOf({ record, sum }: Told): readonly string[] {
  return record.origin === 'uma' ? sum.scopes : [...new Set(record.scopes)];
}

/** A resource that a record allows something on. */
function heldAnswer({ resourceId, scopes, expiresAt }: PermissionCeiling, names: Names): unknown {
  const resource = names.resource(resourceId);
  return {
    id: resourceId,
    name: resource?.name ?? resourceId,
    rs_name: resource?.rsName,
    scopes,
    expires_at: isoText(expiresAt),
  };
}

/** What clients of the API read; what a page says instead of a name is for pages. */
function wordsOf({ scope, name, description, lang }: WordedScope): WordedScope {
  return { scope, name, ...(description !== undefined && { description }), ...(lang !== undefined && { lang }) };
}
