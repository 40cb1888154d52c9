import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import type { RemovedRow } from '@valetkey/owner-contract';
import type { ListedShare, RemovedAccess } from '@valetkey/uma';
import { isComingBack } from '@valetkey/uma';
import { isoText } from '../iso-text.js';
import type { Languages } from '../owner-names.service.js';
import type { AccessEntry } from './access-entry.js';
import { entryOfConsent, entryOfShare } from './access-entry.js';
import { AccessRows } from './access-rows.service.js';

/** Turns access that is over into what its owner reads. */
@Injectable()
export class RemovedRows {
  constructor(
    private readonly rows: AccessRows,
    private readonly clock: Clock,
  ) {}

  async of(owner: OwnerId, removed: readonly RemovedAccess[], languages: Languages): Promise<RemovedRow[]> {
    const rows = await this.rows.of(owner, removed.map(entryOfRemoved), languages);
    return rows.flatMap((row, index) => {
      const one = removed[index];
      if (!one) return [];
      const until = isComingBack(one, this.clock.now()) ? isoText(one.giveBackUntil) : undefined;
      const ended: RemovedRow = {
        ...row,
        state: 'ended',
        ended_at: isoText(one.endedAt) ?? '',
        ended_by: one.endedBy,
        removed_id: one.id,
        ...(until !== undefined && { give_back_until: until }),
      };
      return [ended];
    });
  }
}

/** As it was. */
export function entryOfRemoved({ terms }: RemovedAccess): AccessEntry {
  if (terms.kind === 'consent') {
    const { record, lastUsedAt } = terms;
    return entryOfConsent({ origin: 'client', ...record, notBefore: null, state: 'active', lastUsedAt });
  }
  const { policy, resourceName, resourceServerId, lastUsedAt } = terms;
  const share: ListedShare = {
    ...policy,
    ...{ resourceName, resourceServerId, lastUsedAt },
    subjectName: policy.subjectName ?? null,
    note: policy.note ?? null,
  };
  return entryOfShare(share);
}
