import { Injectable } from '@nestjs/common';
import { Persons } from '@valetkey/accounts';
import type { Instant, PageRequest } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { ListAnswer, OwnRequestRow, SharedWithMeRow } from '@valetkey/owner-contract';
import type { AccessRequest, Policy, Resource } from '@valetkey/uma';
import { AccessRequestStore, againFrom, ResourceStore, ShareStore } from '@valetkey/uma';
import { isoText } from '../iso-text.js';
import type { ConsoleWords } from '../naming/console-words.js';
import { ConsoleNames } from '../naming/console-names.service.js';
import { entryOfPolicy } from '../access/access-entry.js';
import { accessTerms } from '../access/access-row.js';
import type { Languages } from '../owner-names.service.js';
import { linkOf } from '../resources/resource-link.js';

/**
 * What others gave a person, and what she asked them for. She is told of nobody else who holds the same, and of what she does not hold
 * only what she asked for.
 */
@Injectable()
export class Received {
  constructor(
    private readonly persons: Persons,
    private readonly shareStore: ShareStore,
    private readonly requestStore: AccessRequestStore,
    private readonly resources: ResourceStore,
    private readonly names: ConsoleNames,
    private readonly clock: Clock,
  ) {}

  async shares(accountId: string, page: PageRequest, languages: Languages): Promise<ListAnswer<SharedWithMeRow>> {
    const identities = await this.persons.identitiesOf(accountId);
    const partners = identities.map(({ issuer, subject }) => ({ type: 'partner' as const, issuer, subject }));
    const { items, next } = await this.shareStore.pageOfHolder([{ type: 'account', accountId }, ...partners], page);
    const found = await this.resources.findAll(items.map(({ resourceId }) => resourceId));
    const owners = items.map(({ owner }) => owner);
    const words = await this.names.of({ policies: items, resources: [...found.values()], owners }, languages);
    const now = this.clock.now();
    const rows = items.map((policy) => receivedRow(policy, found.get(policy.resourceId), words, now));
    return { items: rows, ...(next !== undefined && { next_cursor: next }) };
  }

  async requests(accountId: string, page: PageRequest, languages: Languages): Promise<ListAnswer<OwnRequestRow>> {
    const identities = await this.persons.identitiesOf(accountId);
    const { items, next } = await this.requestStore.pageOfPersons(
      [{ issuer: '', subject: '', accountId }, ...identities],
      page,
    );
    const owners = items.map(({ owner }) => owner);
    const servers = items.map(({ resourceServerId }) => resourceServerId);
    const words = await this.names.of({ owners, servers }, languages);
    const now = this.clock.now();
    return {
      items: items.map((request) => askedRow(request, words, now)),
      ...(next !== undefined && { next_cursor: next }),
    };
  }
}

function receivedRow(
  policy: Policy,
  resource: Resource | undefined,
  words: ConsoleWords,
  now: Instant,
): SharedWithMeRow {
  const row = accessTerms(entryOfPolicy(policy), words, now);
  const link = resource && linkOf(resource);
  return {
    id: `share:${policy.id}`,
    version: String(policy.version),
    ...row,
    owner: words.subjects.owner(policy.owner),
    ...(link !== undefined && { link }),
    ...(row.state === 'ended' && row.until !== undefined && { ended_at: row.until, ended_by: 'expired' }),
  };
}

/** Resources as they were called when she asked: how they are called now is for those who hold them. */
function askedRow(request: AccessRequest, words: ConsoleWords, now: Instant): OwnRequestRow {
  const { state, permissions, resourceServerId, reason } = request;
  const isOver = state === 'pending' && now >= request.expiresAt;
  const decidedAt = isoText(request.decidedAt);
  return {
    id: request.id,
    owner: words.subjects.owner(request.owner),
    state: isOver ? 'expired' : state,
    asked_at: isoText(request.createdAt) ?? '',
    resources: permissions.map(({ resourceId, name }) => ({
      id: resourceId,
      name: name ?? resourceId,
      service: words.service(resourceServerId),
    })),
    ...(decidedAt !== undefined && { decided_at: decidedAt }),
    ...(reason !== undefined && { reason }),
    ...(state === 'denied' && { again_from: isoText(againFrom(request)) ?? '' }),
  };
}
