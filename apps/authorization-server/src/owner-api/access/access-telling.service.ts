import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { AccessRow, AccessView } from '@valetkey/owner-contract';
import type { RemovedAccess } from '@valetkey/uma';
import type { Languages } from '../owner-names.service.js';
import type { AccessEntry } from './access-entry.js';
import { AccessRows } from './access-rows.service.js';
import { AccessViews } from './access-view.service.js';
import { entryOfRemoved, RemovedRows } from './removed-rows.service.js';

/** One access in the owner's words. */
@Injectable()
export class AccessTelling {
  constructor(
    private readonly rows: AccessRows,
    private readonly removedRows: RemovedRows,
    private readonly views: AccessViews,
  ) {}

  async row(owner: OwnerId, entry: AccessEntry, languages: Languages): Promise<AccessRow> {
    const [row] = await this.rows.of(owner, [entry], languages);
    if (!row) throw new Error('an access without its row');
    return row;
  }

  async view(owner: OwnerId, entry: AccessEntry, languages: Languages): Promise<AccessView> {
    return this.views.of(owner, entry, await this.row(owner, entry, languages), languages);
  }

  /** One that is over. */
  async ended(owner: OwnerId, removed: RemovedAccess, languages: Languages): Promise<AccessView> {
    const [row] = await this.removedRows.of(owner, [removed], languages);
    if (!row) throw new OAuthError('not_found', 'not_found');
    return this.views.of(owner, entryOfRemoved(removed), row, languages);
  }
}
