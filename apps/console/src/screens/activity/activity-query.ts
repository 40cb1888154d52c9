import { endOfDay, startOfDay } from '@valetkey/wording';
import type { ActivitySearch } from './activity.search.js';

/** What GET /me/activity is asked for: days become instants of the owner's zone, the last one included. */
export function activityQuery(
  { from, to, resource, q, ...rest }: ActivitySearch,
  zone: string,
): Readonly<Record<string, string>> {
  return {
    ...rest,
    ...(q !== undefined && { q: q.slice(0, 100) }),
    ...(resource !== undefined && { resource_id: resource }),
    ...(from !== undefined && { from: new Date(startOfDay(from, zone)).toISOString() }),
    ...(to !== undefined && { to: new Date(endOfDay(to, zone)).toISOString() }),
  };
}

/** The same without its days; `undefined` where it has none. */
export function widened({ from, to, ...rest }: ActivitySearch): ActivitySearch | undefined {
  return from === undefined && to === undefined ? undefined : rest;
}
