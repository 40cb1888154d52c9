import { Injectable } from '@nestjs/common';
import { Persons } from '@valetkey/accounts';
import type { Instant, PageRequest } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { ListAnswer, OwnRequestRow, SharedWithMeRow } from '@valetkey/owner-contract';
import type { AccessRequest, Policy, Resource } from '@valetkey/uma';
import { AccessRequestStore, againFrom, ResourceStore } from '@valetkey/uma';
import { isoText } from '../iso-text.js';
import type { ConsoleWords } from '../naming/console-words.js';
import { ConsoleNames } from '../naming/console-names.service.js';
import type { Languages } from '../owner-names.service.js';
import type { EndedShare } from './received-row.js';
import { endedRow, receivedRow } from './received-row.js';
import { ReceivedShares } from './received-shares.service.js';

/**
 * What others gave a person, and what she asked them for. She is told of nobody else who holds the same, and of what she does not hold
 * only what she asked for.
 */
@Injectable()
export class Received {
  constructor(
    private readonly persons: Persons,
    private readonly held: ReceivedShares,
    private readonly requestStore: AccessRequestStore,
    private readonly resources: ResourceStore,
    private readonly names: ConsoleNames,
    private readonly clock: Clock,
  ) {}

  async shares(accountId: string, page: PageRequest, languages: Languages): Promise<ListAnswer<SharedWithMeRow>> {
    const identities = await this.persons.identitiesOf(accountId);
    const partners = identities.map(({ issuer, subject }) => ({ type: 'partner' as const, issuer, subject }));
    const subjects = [{ type: 'account' as const, accountId }, ...partners];
    const { present, ended, next } = await this.held.page(subjects, page);
    const found = await this.resources.findAll(present.map(({ resourceId }) => resourceId));
    const words = await this.wordsOf(present, ended, [...found.values()], languages);
    const ends = await this.held.endsOf(present);
    const zoneOf = await this.held.zonesOf(present);
    const now = this.clock.now();
    const rows = [
      ...present.map((policy) => {
        const resource = found.get(policy.resourceId);
        const told = { resource, endedAt: ends(policy, resource), zone: zoneOf(policy) };
        return receivedRow(policy, told, words, now);
      }),
      ...ended.map((one) => endedRow(one, words, now)),
    ];
    return { items: rows, ...(next !== undefined && { next_cursor: next }) };
  }

  private wordsOf(
    present: readonly Policy[],
    ended: readonly EndedShare[],
    resources: readonly Resource[],
    languages: Languages,
  ): Promise<ConsoleWords> {
    const gone = ended.map(({ terms }) => terms.policy);
    const owners = [...present, ...gone].map(({ owner }) => owner);
    const servers = ended.flatMap(({ terms }) => terms.resourceServerId ?? []);
    const policies = [...present, ...gone];
    return this.names.of({ policies, resources, owners, servers }, languages);
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
