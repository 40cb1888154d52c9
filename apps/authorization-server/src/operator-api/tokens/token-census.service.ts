import { setImmediate as giveWay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Clock } from '@valetkey/kernel';
import type { TokenCountKind } from '@valetkey/operator-contract';
import type { CensusPosition, LivingKind } from '@valetkey/tokens';
import { TokenCensusStore } from '@valetkey/tokens';
import { PersistedClaimsStore } from '@valetkey/uma';

/** Read at once; requests are answered in between. */
const PIECE = 2_000;
/** Of one kind of rows: more of them are said to be more. */
const MOST_COUNTED = 100_000;
/** However many operators look, and however often. */
const COUNTED_AGAIN_AFTER = 5_000;

export type KindCounts = Readonly<Record<TokenCountKind, number>>;

/** The living tokens of every client that has one. */
export interface TokenCensusResult {
  readonly at: Instant;
  readonly byClient: ReadonlyMap<string, KindCounts>;
  /** False: there are more than are counted. */
  readonly isComplete: boolean;
}

const KIND: Readonly<Record<LivingKind, TokenCountKind>> = {
  at: 'access',
  protection: 'protection',
  rpt: 'rpt',
  refresh: 'refresh',
};

interface Piece {
  readonly living: readonly (readonly [clientId: string, kind: TokenCountKind])[];
  readonly next?: CensusPosition;
}

type Read = (after: CensusPosition, limit: number) => Promise<Piece>;

/** Counts tokens for operators: when one looks, for all who look in the next seconds. What serves requests pays nothing for it. */
@Injectable()
export class TokenCensus {
  private present: { readonly at: Instant; readonly result: Promise<TokenCensusResult> } | undefined;

  constructor(
    private readonly tokens: TokenCensusStore,
    private readonly claims: PersistedClaimsStore,
    private readonly clock: Clock,
  ) {}

  /** As it was at most a few seconds ago; who asks while it is counted waits for that count. */
  now(): Promise<TokenCensusResult> {
    const at = this.clock.now();
    if (this.present && at - this.present.at < COUNTED_AGAIN_AFTER) return this.present.result;
    const result = this.count(at);
    this.present = { at, result };
    // A failure is for those who wait for it; the next who asks counts again.
    result.catch(() => (this.present = undefined));
    return result;
  }

  private async count(at: Instant): Promise<TokenCensusResult> {
    const byClient = new Map<string, Record<TokenCountKind, number>>();
    let isComplete = true;
    for (const read of this.reads()) {
      for await (const [clientId, kind] of walk(read, at, () => (isComplete = false))) {
        let counts = byClient.get(clientId);
        if (!counts) byClient.set(clientId, (counts = { access: 0, protection: 0, rpt: 0, refresh: 0, pct: 0 }));
        counts[kind] += 1;
      }
    }
    return { at, byClient, isComplete };
  }

  private reads(): Read[] {
    const named = (part: {
      living: readonly { clientId: string; kind: LivingKind }[];
      next?: CensusPosition;
    }): Piece => ({
      ...part,
      living: part.living.map(({ clientId, kind }) => [clientId, KIND[kind]]),
    });
    return [
      async (after, limit) => named(await this.tokens.tokens(after, limit)),
      async (after, limit) => named(await this.tokens.refreshTokens(after, limit)),
      async (after, limit) => {
        const { clientIds, next } = await this.claims.living(after, limit);
        return { living: clientIds.map((id) => [id, 'pct']), ...(next && { next }) };
      },
    ];
  }
}

/** All that end after an instant, up to the bound. */
async function* walk(read: Read, now: Instant, onMore: () => void): AsyncGenerator<Piece['living'][number]> {
  let after: CensusPosition | undefined = { expiresAt: now, hash: '' };
  for (let seen = 0; after; seen += PIECE) {
    if (seen >= MOST_COUNTED) return onMore();
    const { living, next }: Piece = await read(after, PIECE);
    yield* living;
    after = next;
    await giveWay();
  }
}
