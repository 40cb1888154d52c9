import { Injectable } from '@nestjs/common';
import type { SeenUse } from '@valetkey/activity';
import type { OwnerId } from '@valetkey/authorizations';
import { Clock } from '@valetkey/kernel';
import type { AccessRow, AccessView, ChainHop } from '@valetkey/owner-contract';
import { ShareTokensStore } from '@valetkey/uma';
import { isoText } from '../iso-text.js';
import { ConsoleNames } from '../naming/console-names.service.js';
import type { ConsoleWords } from '../naming/console-words.js';
import type { Languages } from '../owner-names.service.js';
import type { AccessEntry } from './access-entry.js';
import { ConsentRecords } from './consent-records.service.js';
import { SeenAccess } from './seen-access.service.js';

/** One access with what became of it: its history, who used it through what, and the tokens that live. */
@Injectable()
export class AccessViews {
  constructor(
    private readonly seen: SeenAccess,
    private readonly names: ConsoleNames,
    private readonly tokens: ShareTokensStore,
    private readonly records: ConsentRecords,
    private readonly clock: Clock,
  ) {}

  async of(owner: OwnerId, entry: AccessEntry, row: AccessRow, languages: Languages): Promise<AccessView> {
    const { history, uses, count } = await this.seen.of(owner, entry.id, languages);
    const server = row.resources[0]?.service.id;
    const handles = [owner, entry.holder, ...uses.flatMap(({ clientId, holder }) => [holder, `client:${clientId}`])];
    const words = await this.names.of({ handles, servers: server === undefined ? [] : [server] }, languages);
    const chains = uses.map((use) => chainOf(owner, row, use, words));
    return {
      ...row,
      history,
      chains: chains.length > 0 ? chains : [unseenChain(owner, row, words)],
      chain_count: count,
      tokens: await this.tokensOf(entry),
      technical: technicalOf(entry),
    };
  }

  private async tokensOf({ share, consent }: AccessEntry): Promise<AccessView['tokens']> {
    const now = this.clock.now();
    if (share) return { alive: await this.tokens.ofPolicy(share, now) };
    const alive = consent ? await this.tokens.ofRecord(consent.id, now) : 0;
    const until = consent && alive > 0 ? await this.records.readableUntil(consent.clientId, now) : undefined;
    return { alive, ...(until !== undefined && { self_contained_until: until }) };
  }
}

/** You, who holds it, the application that acted, and the service that keeps the data. */
function chainOf(owner: OwnerId, row: AccessRow, use: SeenUse, words: ConsoleWords): AccessView['chains'][number] {
  const seen = { first_seen_at: isoText(use.firstUsedAt) ?? '', last_seen_at: isoText(use.lastUsedAt) ?? '' };
  const client = `client:${use.clientId}`;
  const holder = row.holder.kind === 'group' ? words.subjects.of(use.holder) : row.holder;
  const hops: ChainHop[] = [
    { subject: words.subjects.of(owner), role: 'owner' },
    { subject: holder, role: 'holder', ...(holder.id === client && seen) },
  ];
  if (holder.id !== client) hops.push({ subject: words.subjects.of(client), role: 'actor', ...seen });
  return { hops: [...hops, ...serviceHop(row, words)], last_used_at: seen.last_seen_at };
}

/** Nobody was seen yet: the application through which alone it may be used is allowed. */
function unseenChain(owner: OwnerId, row: AccessRow, words: ConsoleWords): AccessView['chains'][number] {
  const through: ChainHop[] = row.through ? [{ subject: row.through, role: 'actor', unseen: true }] : [];
  const hops: ChainHop[] = [
    { subject: words.subjects.of(owner), role: 'owner' },
    { subject: row.holder, role: 'holder', unseen: true },
  ];
  return { hops: [...hops, ...through, ...serviceHop(row, words)] };
}

function serviceHop(row: AccessRow, words: ConsoleWords): ChainHop[] {
  const [resource] = row.resources;
  return resource ? [{ subject: words.subjects.of(`server:${resource.service.id}`), role: 'service' }] : [];
}

function technicalOf({ share, consent, clientId, scopes }: AccessEntry): Record<string, string> {
  return {
    ...(share && { policy_id: share.id, resource_id: share.resourceId }),
    ...(typeof share?.requestId === 'string' && { request_id: share.requestId }),
    ...(consent && { grant_id: consent.id }),
    ...(clientId !== null && { client_id: clientId }),
    scope: scopes.join(' '),
  };
}
