import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { OAuthError } from '@valetkey/oauth';
import type { AccessRow } from '@valetkey/owner-contract';
import type { Policy } from '@valetkey/uma';
import type { Languages } from '../owner-names.service.js';
import { AccessEntries } from './access-entries.service.js';
import { AccessRows } from './access-rows.service.js';

/** Shares as they are at this moment. */
@Injectable()
export class PresentShares {
  constructor(
    private readonly entries: AccessEntries,
    private readonly rowsOf: AccessRows,
  ) {}

  /** Those that have ended meanwhile are left out. */
  async rows(owner: OwnerId, policies: readonly Pick<Policy, 'id'>[], languages: Languages): Promise<AccessRow[]> {
    const entries = await Promise.all(policies.map(({ id }) => this.entries.find(owner, `share:${id}`)));
    return this.rowsOf.of(
      owner,
      entries.filter((entry) => entry !== undefined),
      languages,
    );
  }

  /** @throws OAuthError not_found for one that is over */
  async row(owner: OwnerId, id: string, languages: Languages): Promise<AccessRow> {
    const [row] = await this.rows(owner, [{ id }], languages);
    if (!row) throw new OAuthError('not_found', 'not_found');
    return row;
  }
}
