import type { PageRequest } from '@valetkey/kernel';
import { OAuthError } from '@valetkey/oauth';

const CURSOR = /^[A-Za-z0-9_-]+$/;
const LONGEST_CURSOR = 128;

/** The usual and the largest page of a list; `cursor`: how long its cursors get, where they are longer than others. */
export interface PageLimits {
  readonly usual: number;
  readonly most: number;
  readonly cursor?: number;
}

/**
 * `limit` and `cursor` of a list request.
 * @throws OAuthError invalid_request for anything but a whole number from 1 to the most allowed, and a cursor we made
 */
export function pageRequestOf(query: unknown, limits: PageLimits): PageRequest {
  const { limit, cursor } = (query ?? {}) as Record<string, unknown>;
  return {
    limit: limitOf(limit, limits),
    ...(cursor !== undefined && { after: cursorOf(cursor, limits.cursor ?? LONGEST_CURSOR) }),
  };
}

/**
 * One value of a filter, or `undefined` when the list is not filtered by it.
 * @throws OAuthError invalid_request for a value that none could have, and for several
 */
export function filterOf(query: unknown, name: string, possible: RegExp): string | undefined {
  const value = ((query ?? {}) as Record<string, unknown>)[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !possible.test(value)) throw new OAuthError('invalid_request', 'page_malformed');
  return value;
}

function limitOf(limit: unknown, { usual, most }: PageLimits): number {
  if (limit === undefined) return usual;
  const valid = typeof limit === 'string' && /^[1-9]\d{0,5}$/.test(limit) && Number(limit) <= most;
  if (!valid) throw new OAuthError('invalid_request', 'page_malformed');
  return Number(limit);
}

function cursorOf(cursor: unknown, longest: number): string {
  if (typeof cursor !== 'string' || cursor.length > longest || !CURSOR.test(cursor))
    throw new OAuthError('invalid_request', 'page_malformed');
  return cursor;
}
