import { Injectable } from '@nestjs/common';
import { Sessions } from '@valetkey/accounts';
import type { OwnerId } from '@valetkey/authorizations';
import type { RevocationResult, StopPreview } from '@valetkey/owner-contract';
import { StopEverything } from '@valetkey/uma';
import { SubjectNames } from '../subjects/subject-names.service.js';
import type { AccessEntry } from './access-entry.js';
import { keepsTheData, kindOfHolder } from './access-entry.js';
import { AccessEntries } from './access-entries.service.js';

const ACCOUNT = 'account:';
const MOST_SESSIONS = 100;

/** The emergency: what would end, and the end of it. */
@Injectable()
export class Stops {
  constructor(
    private readonly entries: AccessEntries,
    private readonly stopping: StopEverything,
    private readonly sessions: Sessions,
    private readonly names: SubjectNames,
  ) {}

  async preview(owner: OwnerId, subject: string | undefined): Promise<StopPreview> {
    const all = await this.entries.of(owner, { holder: subject });
    const ending = all.filter((entry) => !keepsTheData(entry));
    const stays = [...new Set(all.filter(keepsTheData).map(({ holder }) => holder))];
    const subjects = await this.names.of({ handles: stays });
    const accountId = accountOf(owner);
    const page =
      accountId === undefined ? { items: [] } : await this.sessions.page(accountId, { limit: MOST_SESSIONS });
    return {
      ...{ accesses: ending.length, ...holdersOf(ending), sessions: page.items.length },
      stays: stays.map((handle) => subjects.of(handle)),
    };
  }

  /** Signed out first: should this process end in the middle, another goes on with the rest. */
  async stop(
    owner: OwnerId,
    { subject, signOut }: { readonly subject: string | undefined; readonly signOut: boolean },
  ): Promise<RevocationResult> {
    const all = await this.entries.of(owner, { holder: subject });
    const accountId = accountOf(owner);
    if (signOut && accountId !== undefined) await this.sessions.endAll(accountId);
    const { result } = await this.stopping.stop(owner, subject ?? null);
    const spared = all.filter(keepsTheData).map(({ holder }) => holder);
    const subjects = await this.names.of({ handles: spared });
    return {
      ended: {
        accesses: result.accesses,
        tokens: result.tokens,
        ...holdersOf(all.filter((entry) => !keepsTheData(entry))),
      },
      could_not_end: spared.map((handle) => ({ what: subjects.of(handle).name, why: 'keeps_the_data' })),
      removed: result.removed,
    };
  }
}

function holdersOf(entries: readonly AccessEntry[]): { people: number; applications: number } {
  const holders = [...new Set(entries.map(({ holder }) => holder))].map(kindOfHolder);
  return {
    people: holders.filter((kind) => kind === 'person').length,
    applications: holders.filter((kind) => kind === 'application').length,
  };
}

function accountOf(owner: OwnerId): string | undefined {
  return owner.startsWith(ACCOUNT) ? owner.slice(ACCOUNT.length) : undefined;
}
