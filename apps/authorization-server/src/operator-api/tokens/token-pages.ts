import { OAuthError } from '@valetkey/oauth';
import type { KindCounts } from './token-census.service.js';

/** A client with its living tokens. */
export interface CountedClient {
  readonly clientId: string;
  readonly counts: KindCounts;
  readonly total: number;
}

/**
 * Clients with the most tokens first. What is counted between two pages may move a client from one to the other.
 * @param after - as {@link positionAfter} gave it
 * @throws OAuthError invalid_request for a position that is none
 */
export function largestFirst(byClient: ReadonlyMap<string, KindCounts>, after?: string): CountedClient[] {
  const all = [...byClient].map(([clientId, counts]) => ({ clientId, counts, total: sum(counts) }));
  const position = after === undefined ? undefined : positionOf(after);
  return all.filter((one) => !position || order(position, one) < 0).sort(order);
}

/** Where a list goes on behind a client. */
export function positionAfter({ clientId, total }: CountedClient): string {
  return Buffer.from(`${String(total)} ${clientId}`).toString('base64url');
}

type Placed = Pick<CountedClient, 'clientId' | 'total'>;

function positionOf(cursor: string): Placed {
  const [, total, clientId] = /^(\d{1,15}) (.+)$/su.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (total === undefined || clientId === undefined) throw new OAuthError('invalid_request', 'page_malformed');
  return { total: Number(total), clientId };
}

function order(one: Placed, other: Placed): number {
  if (one.total !== other.total) return other.total - one.total;
  return one.clientId < other.clientId ? -1 : Number(one.clientId > other.clientId);
}

function sum(counts: KindCounts): number {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}
