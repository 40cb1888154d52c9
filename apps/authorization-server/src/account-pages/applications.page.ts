import { Injectable } from '@nestjs/common';
import type { AuthorizationRecord, CeilingSum, OwnerId, PermissionCeiling } from '@valetkey/authorizations';
import { AuthorizationStore, PermissionCeilingStore, UsageRecorder } from '@valetkey/authorizations';
import type { Page } from '@valetkey/kernel';
import { OwnerRevocation } from '@valetkey/uma';
import type { FastifyReply } from 'fastify';
import { sentenceOf } from '../authorization-api/asked-sentences.service.js';
import { pageRequestOf } from '../http/page-query.js';
import type { FormValues } from '../interaction/interaction-kind.js';
import type { Languages, Names } from '../owner-api/owner-names.service.js';
import { OwnerNames } from '../owner-api/owner-names.service.js';
import type { ShownAccess } from '../pages/views/applications.view.js';
import { applicationsView } from '../pages/views/applications.view.js';
import type { AccountPage, AccountVisit } from './account-visit.js';

const LIMITS = { usual: 20, most: 50 };

/** An authorization with what is told of it. */
interface Told {
  readonly record: AuthorizationRecord;
  readonly resources: readonly PermissionCeiling[];
  readonly sum: CeilingSum | undefined;
}

/** Who has access to what is hers, by her word: she ends any of it with one button. */
@Injectable()
export class ApplicationsPage implements AccountPage {
  readonly page = 'applications';
  readonly demand = 'session';

  constructor(
    private readonly store: AuthorizationStore,
    private readonly ceilings: PermissionCeilingStore,
    private readonly usage: UsageRecorder,
    private readonly names: OwnerNames,
    private readonly revocation: OwnerRevocation,
  ) {}

  async show(visit: AccountVisit): Promise<FastifyReply> {
    const { http, person, form, time, messages } = visit;
    const { ended, ...query } = http.query as Readonly<Record<string, unknown>>;
    const page = await this.store.page(ownerOf(visit), pageRequestOf(query, LIMITS));
    const model = {
      form,
      time,
      account: person.username,
      access: await this.shown(page, [messages.locale]),
      isEnded: ended === 'yes',
      ...(page.next !== undefined && { nextPageUrl: `${visit.url('applications')}?cursor=${page.next}` }),
      accountUrl: visit.url(''),
    };
    return visit.show(applicationsView(model, messages));
  }

  /** What is over already, or is somebody else's, looks the same: nothing was ended just now. */
  async submit(visit: AccountVisit, form: FormValues): Promise<FastifyReply> {
    const id = form.get('authorization');
    const isEnded = id !== undefined && (await this.revocation.end(id, ownerOf(visit)));
    return visit.goTo('applications', isEnded ? { ended: 'yes' } : undefined);
  }

  private async shown({ items }: Page<AuthorizationRecord>, languages: Languages): Promise<ShownAccess[]> {
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
    return told.map((one) => this.shownOne(one, names));
  }

  private shownOne(told: Told, names: Names): ShownAccess {
    const { record, resources, sum } = told;
    const { name, publisher } = names.client(record.clientId);
    return {
      id: record.id,
      name,
      publisher,
      person: personOf(record),
      permissions: scopesOf(told).map((scope) => sentenceOf(names.scope(scope))),
      resources: resources.map(({ resourceId }) => names.resource(resourceId)?.name ?? resourceId),
      moreResources: (sum?.resources ?? 0) - resources.length,
      since: record.createdAt,
      usedAt: this.usage.pendingUse(record.id) ?? record.lastUsedAt ?? undefined,
      until: record.expiresAt ?? sum?.expiresAt ?? undefined,
      isResting: record.state === 'suspended',
    };
  }
}

/** Who asked for it, where that is not herself. */
function personOf({ origin, party }: AuthorizationRecord): string | undefined {
  return origin === 'uma' ? (party?.name ?? party?.email) : undefined;
}

function ownerOf({ person }: AccountVisit): OwnerId {
  return `account:${person.id}`;
}

/** Who she is goes without saying where there is more. */
function scopesOf({ record, sum }: Pick<Told, 'record' | 'sum'>): readonly string[] {
  if (record.origin === 'uma') return sum?.scopes ?? [];
  const scopes = [...new Set(record.scopes)];
  return scopes.length > 1 ? scopes.filter((scope) => scope !== 'openid') : scopes;
}
