import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import type { RevocationResult } from '@valetkey/owner-contract';
import { WriteSet } from '@valetkey/persistence';
import { OwnerPolicies, OwnerRevocation, ShareTokensStore } from '@valetkey/uma';
import type { AccessEntry } from './access-entry.js';
import { kindOfHolder } from './access-entry.js';
import { ConsentRecords } from './consent-records.service.js';

/** What an end did, or why there was none. `changed`: it is another now, or over. */
export type Ended = RevocationResult | 'changed';

/** Ends one access, with all that it led to, at once. */
@Injectable()
export class AccessEnd {
  constructor(
    private readonly policies: OwnerPolicies,
    private readonly revocation: OwnerRevocation,
    private readonly records: ConsentRecords,
    private readonly tokens: ShareTokensStore,
    private readonly clock: Clock,
  ) {}

  async end(owner: OwnerId, entry: AccessEntry): Promise<Ended> {
    return entry.share ? this.endShare(owner, entry, entry.share) : this.endConsent(owner, entry);
  }

  private async endShare(owner: OwnerId, entry: AccessEntry, share: NonNullable<AccessEntry['share']>): Promise<Ended> {
    const tokens = await this.tokens.ofPolicy(share, this.clock.now());
    const outcome = await this.policies.remove(owner, share.id, { expected: [share.version] });
    if (typeof outcome === 'string') return 'changed';
    return resultOf(entry, tokens, [outcome.removedId]);
  }

  private async endConsent(owner: OwnerId, entry: AccessEntry): Promise<Ended> {
    const now = this.clock.now();
    const record = await this.records.find(entry, owner);
    if (!record) return 'changed';
    const tokens = await this.tokens.ofRecord(record.id, now);
    const writes = new WriteSet();
    const removed = await this.revocation.prepareEnd(writes, record, 'owner');
    if (!(await this.records.commit(writes))) return 'changed';
    const stillValid = tokens > 0 ? await this.records.readableUntil(record.clientId, now) : undefined;
    return {
      ...resultOf(entry, tokens, removed === undefined ? [] : [removed]),
      ...(stillValid !== undefined && { still_valid_until: stillValid }),
    };
  }
}

function resultOf({ holder }: AccessEntry, tokens: number, removed: readonly string[]): RevocationResult {
  const kind = kindOfHolder(holder);
  return {
    ended: {
      accesses: 1,
      tokens,
      people: kind === 'person' ? 1 : 0,
      applications: kind === 'application' ? 1 : 0,
    },
    could_not_end: [],
    removed,
  };
}
