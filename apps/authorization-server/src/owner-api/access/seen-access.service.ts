import { Injectable } from '@nestjs/common';
import { AccessUseStore, ActivityStore } from '@valetkey/activity';
import type { OwnerId } from '@valetkey/authorizations';
import { ActivityRows } from '../activity/activity-rows.service.js';
import type { Languages } from '../owner-names.service.js';

const CHAINS = 3;
const LINES = 50;

/** What is known of the past of an access. */
@Injectable()
export class SeenAccess {
  constructor(
    private readonly activity: ActivityStore,
    private readonly uses: AccessUseStore,
    private readonly rows: ActivityRows,
  ) {}

  async of(owner: OwnerId, accessId: string, languages: Languages) {
    const page = await this.activity.page(owner, { accessId }, { limit: LINES });
    return {
      history: await this.rows.of(page.items, languages),
      uses: await this.uses.of(accessId, CHAINS),
      count: await this.uses.countOf(accessId),
    };
  }
}
