import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { AccessRow } from '@valetkey/owner-contract';
import { ResourceStore } from '@valetkey/uma';
import { AccessEntries } from '../access/access-entries.service.js';
import { AccessRows } from '../access/access-rows.service.js';
import type { Languages } from '../owner-names.service.js';

/** Who holds what of one resource. */
@Injectable()
export class CurrentAccess {
  constructor(
    private readonly resources: ResourceStore,
    private readonly entries: AccessEntries,
    private readonly rows: AccessRows,
  ) {}

  /**
   * The access of each holder that has not ended, by handle; of several shares the first. What a handover gives is left out: it ends with
   * the handover, and is nothing to be changed into what she gives beside it.
   * @throws OAuthError not_found for a resource that is not the owner's
   */
  async on(resourceId: string, owner: OwnerId, languages: Languages): Promise<ReadonlyMap<string, AccessRow>> {
    const resource = await this.resources.findOfOwner(resourceId, owner);
    if (!resource) throw new OAuthError('not_found', 'not_found');
    const entries = await this.entries.of(owner, { resourceId });
    const own = entries.filter(({ share }) => share?.handoverId === undefined);
    const rows = await this.rows.of(owner, own, languages);
    // Of equal keys a map keeps the last.
    return new Map(rows.map((row) => [row.holder.id, row] as const).reverse());
  }
}
