import { Injectable } from '@nestjs/common';
import type { ActivityLine } from '@valetkey/activity';
import { ActivityStore } from '@valetkey/activity';
import type { AuthorizationRecord } from '@valetkey/authorizations';
import { KeptConsentStore } from '@valetkey/authorizations';
import type { Instant } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { handleOfParty, toldName } from './domain/holder.js';
import type { RemovedConsent } from './domain/removed-access.js';
import { RemovedAccessStore } from './persistence/removed-access.store.js';

/** How a record ended by its owner's word. */
export interface RecordEnd {
  readonly by: 'owner' | 'stopped';
  readonly at: Instant;
  readonly again: RemovedConsent['again'];
}

/** The end of records, told in its write-set, and what it takes to give a consent back. */
@Injectable()
export class ConsentHistory {
  constructor(
    private readonly activity: ActivityStore,
    private readonly removed: RemovedAccessStore,
    private readonly consents: KeptConsentStore,
  ) {}

  /** A grant that its client knows by its name alone stays over: nobody tells the client another name. Read it before the end. */
  async againOf({ id, partyKey, origin }: AuthorizationRecord): Promise<RemovedConsent['again']> {
    if (origin !== 'client' || partyKey === null) return undefined;
    const consent = await this.consents.find(id);
    return consent && { partyKey, consent };
  }

  /** The write-set relies on the consent saying what was read; comes before its end. */
  rely(writes: WriteSet, record: AuthorizationRecord, again: RemovedConsent['again']): void {
    if (again) this.consents.rely(writes, record, again.consent);
  }

  /** @returns the handle of what it was, where it was a consent that may come back */
  end(writes: WriteSet, record: AuthorizationRecord, end: RecordEnd): string | undefined {
    const isShare = record.origin === 'uma';
    // Of a share that is stopped its own line tells.
    if (isShare && end.by === 'stopped') return undefined;
    this.activity.note(writes, lineOf(record, end));
    return isShare ? undefined : this.keep(writes, record, end);
  }

  private keep(writes: WriteSet, record: AuthorizationRecord, { by, at, again }: RecordEnd): string | undefined {
    const { id, owner, origin, clientId, scopes, createdAt, expiresAt, resourceServerId, generation, lastUsedAt } =
      record;
    const kept = { id, origin, clientId, scopes, createdAt, expiresAt, resourceServerId, generation };
    const mayComeBack = again !== undefined && (expiresAt === null || expiresAt > at);
    const handle = this.removed.insert(writes, {
      owner,
      accessId: `grant:${id}`,
      terms: { kind: 'consent', record: kept, lastUsedAt, ...(again && { again }) },
      endedAt: at,
      endedBy: by,
      mayComeBack,
    });
    return mayComeBack ? handle : undefined;
  }
}

function lineOf({ id, owner, clientId, party, scopes }: AuthorizationRecord, { by, at }: RecordEnd): ActivityLine {
  const name = party === null ? undefined : toldName(party);
  return {
    owner,
    at,
    kind: by === 'owner' ? 'removed' : 'stopped',
    actor: owner,
    holder: party === null ? `client:${clientId}` : handleOfParty(party),
    ...(name !== undefined && { holderName: name }),
    clientId,
    scopes,
    accessId: `grant:${id}`,
  };
}
