import { Injectable } from '@nestjs/common';
import type { OwnerId } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import type { CheckUpView } from '@valetkey/owner-contract';
import { AccessKeepStore } from '@valetkey/uma';
import { ConsoleNames } from '../naming/console-names.service.js';
import type { Languages } from '../owner-names.service.js';
import type { AccessEntry } from './access-entry.js';
import { keepsTheData } from './access-entry.js';
import { AccessEntries } from './access-entries.service.js';
import { AccessRows } from './access-rows.service.js';
import type { CheckUpGround } from './check-up.js';
import { CHECK_UP_EVERY, KEPT_FOR, reasonsOf, weightOf } from './check-up.js';

const MOST = 10;

/** Finds what an owner should look at. */
@Injectable()
export class CheckUps {
  constructor(
    private readonly entries: AccessEntries,
    private readonly keeps: AccessKeepStore,
    private readonly names: ConsoleNames,
    private readonly rows: AccessRows,
    private readonly clock: Clock,
  ) {}

  async of(owner: OwnerId, languages: Languages): Promise<CheckUpView> {
    const now = this.clock.now();
    const [entries, kept] = [await this.entries.of(owner), await this.keeps.keptSince(owner, now - KEPT_FOR)];
    const ground = await this.ground(entries, now, languages);
    const due = entries
      .filter((entry) => !kept.has(entry.id) && !keepsTheData(entry))
      .map((entry) => ({ entry, reasons: reasonsOf(entry, ground) }))
      .filter(({ reasons }) => reasons.length > 0)
      .sort((one, other) => weightOf(other.reasons) - weightOf(one.reasons) || one.entry.givenAt - other.entry.givenAt);
    const shown = due.slice(0, MOST);
    const rows = await this.rows.of(
      owner,
      shown.map(({ entry }) => entry),
      languages,
    );
    const lastKept = Math.max(0, ...kept.values());
    const next = due.length > 0 ? now : Math.max(lastKept + CHECK_UP_EVERY, now);
    return {
      items: rows.map((row, index) => ({ ...row, reasons: shown[index]?.reasons ?? [] })),
      total: due.length,
      next_at: new Date(lastKept === 0 && due.length === 0 ? now + CHECK_UP_EVERY : next).toISOString(),
    };
  }

  /** @returns false when the owner has no such access */
  async keep(owner: OwnerId, accessId: string): Promise<boolean> {
    const entry = await this.entries.find(owner, accessId);
    if (!entry) return false;
    await this.keeps.keep(owner, entry.id, this.clock.now());
    return true;
  }

  private async ground(entries: readonly AccessEntry[], now: number, languages: Languages): Promise<CheckUpGround> {
    const scopes = new Set(entries.flatMap((entry) => entry.scopes));
    const handles = new Set(entries.flatMap(({ clientId }) => (clientId === null ? [] : [`client:${clientId}`])));
    const words = await this.names.of({ handles: [...handles], scopes: [...scopes] }, languages);
    const isBroad = (scope: string) => ['act', 'share'].includes(words.scope(scope).level);
    return {
      now,
      broadScopes: new Set([...scopes].filter(isBroad)),
      unknownApplications: new Set([...handles].filter((handle) => words.subjects.of(handle).verification === 'none')),
    };
  }
}
