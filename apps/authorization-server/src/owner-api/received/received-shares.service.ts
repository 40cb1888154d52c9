import { Injectable } from '@nestjs/common';
import { OwnerEndStore } from '@valetkey/authorizations';
import type { Instant, PageRequest } from '@valetkey/kernel';
import type { Policy, PolicySubject, Resource } from '@valetkey/uma';
import { RemovedAccessStore, ShareStore } from '@valetkey/uma';
import { overruledAt } from '../access/overruled-share.js';
import { OwnerZones } from '../settings/owner-zones.store.js';
import { accountOf } from '../subjects/subject-handle.js';
import type { EndedShare } from './received-row.js';

/** Cursors of what has ended; those of what is there are ids of policies. */
const ENDED_CURSOR = /^[xy]/;
const FIRST_ENDED = 'y';

interface SharePage {
  readonly present: readonly Policy[];
  readonly ended: readonly EndedShare[];
  readonly next: string | undefined;
}

/** What others gave somebody, as it is stored: what is there, and what ended in the last thirty days. */
@Injectable()
export class ReceivedShares {
  constructor(
    private readonly shareStore: ShareStore,
    private readonly removed: RemovedAccessStore,
    private readonly ends: OwnerEndStore,
    private readonly zones: OwnerZones,
  ) {}

  /** What she holds comes first, and behind it what has ended. */
  async page(subjects: readonly PolicySubject[], { limit, after }: PageRequest): Promise<SharePage> {
    const isPresent = after === undefined || !ENDED_CURSOR.test(after);
    const present = isPresent
      ? await this.shareStore.pageOfHolder(subjects, { limit, ...(after !== undefined && { after }) })
      : { items: [] };
    if (present.next !== undefined) return { present: present.items, ended: [], next: present.next };
    const left = limit - present.items.length;
    const from = isPresent || after === undefined ? {} : { after };
    const ended = await this.removed.pageOfHolder(subjects, { limit: Math.max(left, 1), ...from });
    if (left > 0) return { present: withoutEnded(present.items, ended.items), ended: ended.items, next: ended.next };
    return { present: present.items, ended: [], next: ended.items.length > 0 ? FIRST_ENDED : undefined };
  }

  /** In whose days ends were chosen; `undefined` where nobody knows. */
  async zonesOf(present: readonly Policy[]): Promise<(policy: Policy) => string | undefined> {
    const zones = await this.zones.of(new Set(present.flatMap(({ owner }) => accountOf(owner) ?? [])));
    return ({ owner }) => zones.get(accountOf(owner) ?? '');
  }

  /** When owners ended what came of shares that are there still. */
  async endsOf(present: readonly Policy[]) {
    const owners = new Set(present.filter(({ clientId }) => clientId !== null).map(({ owner }) => owner));
    const read = await Promise.all([...owners].map(async (owner) => [owner, await this.ends.ofOwner(owner)] as const));
    const ends = new Map(read);
    return (policy: Policy, resource: Resource | undefined): Instant | undefined => {
      const ofOwner = ends.get(policy.owner);
      const resourceServerId = resource?.resourceServerId ?? null;
      return ofOwner && overruledAt(policy.owner, { ...policy, resourceServerId }, ofOwner);
    };
  }
}

/** What ended between the two reads stands in both: it is told once, as what became of it. Pure. */
export function withoutEnded(present: readonly Policy[], ended: readonly EndedShare[]): Policy[] {
  const gone = new Set(ended.map(({ terms }) => terms.policy.id));
  return present.filter(({ id }) => !gone.has(id));
}
