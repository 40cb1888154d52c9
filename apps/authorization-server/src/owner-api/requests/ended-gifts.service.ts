import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import type { AccessRow } from '@valetkey/owner-contract';
import type { AccessRequest, Policy } from '@valetkey/uma';
import { RemovedAccessStore } from '@valetkey/uma';
import { RemovedRows } from '../access/removed-rows.service.js';
import type { Languages } from '../owner-names.service.js';

/** What owners had given with their answers, and is over. */
@Injectable()
export class EndedGifts {
  constructor(
    private readonly removed: RemovedAccessStore,
    private readonly rows: RemovedRows,
  ) {}

  /**
   * By request, for thirty days.
   * @param present - what is there still: of a thing that came back only that is told
   */
  async of(
    owner: OwnerId,
    approved: readonly Pick<AccessRequest, 'id'>[],
    present: readonly Policy[],
    languages: Languages,
  ): Promise<(requestId: string) => readonly AccessRow[]> {
    const found = await this.removed.ofRequests(
      owner,
      approved.map(({ id }) => id),
    );
    const isThere = ({ requestId, resourceId }: Policy) =>
      present.some((one) => one.requestId === requestId && one.resourceId === resourceId);
    const over = found.filter(({ terms }) => !isThere(terms.policy));
    const rows = await this.rows.of(owner, over, languages);
    return (requestId) => rows.filter((_row, index) => over[index]?.terms.policy.requestId === requestId);
  }
}
