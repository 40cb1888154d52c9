import type { AccessFilter } from '@valetkey/owner-contract';
import type { Moments } from '../settings/owner-days.service.js';
import type { AccessEntry } from './access-entry.js';
import { ACCESS_FILTERS, FILTERS, kindOfHolder } from './access-entry.js';

/** An access with the words by which people find it. */
export interface NamedEntry {
  readonly entry: AccessEntry;
  readonly holderName: string;
  readonly resourceName: string;
  readonly serviceName: string;
}

export interface AccessQuery {
  readonly by: 'holder' | 'resource';
  readonly filter: AccessFilter;
  /** Words of the holder's or the resource's name. */
  readonly q: string;
}

export interface Counts {
  readonly filters: Readonly<Record<AccessFilter, number>>;
  readonly people: number;
  readonly applications: number;
}

const KINDS = ['person', 'application', 'group'] as const;
const NAMES = new Intl.Collator('en', { sensitivity: 'base', numeric: true });

/** Letters as people search for them: without marks and case. */
export function foldName(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** Whether each word of the question is somewhere in the names. */
export function isAsked({ holderName, resourceName, serviceName }: NamedEntry, q: string): boolean {
  const words = foldName(q).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return true;
  const text = ` ${foldName(`${holderName} ${resourceName} ${serviceName}`)}`;
  return words.every((word) => text.includes(word));
}

/** People first, then applications, by name; or by resource. The id comes last, so that the order is the same every time. */
export function inOrder(entries: readonly NamedEntry[], by: AccessQuery['by']): NamedEntry[] {
  const kindOf = ({ entry }: NamedEntry) => KINDS.indexOf(kindOfHolder(entry.holder));
  const byHolder = (one: NamedEntry, other: NamedEntry) =>
    kindOf(one) - kindOf(other) ||
    NAMES.compare(one.holderName, other.holderName) ||
    compare(one.entry.holder, other.entry.holder);
  const byResource = (one: NamedEntry, other: NamedEntry) =>
    NAMES.compare(one.resourceName, other.resourceName) ||
    compare(one.entry.share?.resourceId ?? '', other.entry.share?.resourceId ?? '');
  const [first, second] = by === 'holder' ? [byHolder, byResource] : [byResource, byHolder];
  return [...entries].sort(
    (one, other) => first(one, other) || second(one, other) || compare(one.entry.id, other.entry.id),
  );
}

export function countsOf(entries: readonly NamedEntry[], moments: Moments): Counts {
  const filters = { all: 0, never_used: 0, unused_90_days: 0, no_end: 0, ending_7_days: 0 };
  const holders = { person: new Set<string>(), application: new Set<string>(), group: new Set<string>() };
  for (const { entry } of entries) {
    for (const filter of ACCESS_FILTERS) if (FILTERS[filter](entry, moments)) filters[filter] += 1;
    holders[kindOfHolder(entry.holder)].add(entry.holder);
  }
  return { filters, people: holders.person.size, applications: holders.application.size };
}

/**
 * One page of a list that is made anew for each: behind the row that was seen last, or, where that has ended meanwhile, behind as many
 * as were seen.
 */
export function pageOf(
  entries: readonly NamedEntry[],
  { limit, after }: { readonly limit: number; readonly after?: string },
): { readonly items: readonly NamedEntry[]; readonly next?: string } {
  const start = after === undefined ? 0 : startBehind(entries, after);
  const items = entries.slice(start, start + limit);
  const last = items.at(-1);
  if (!last || start + limit >= entries.length) return { items };
  return { items, next: `${start + items.length}_${last.entry.id.replace(':', '-')}` };
}

function startBehind(entries: readonly NamedEntry[], cursor: string): number {
  const [, seen = '0', id = ''] = /^(\d{1,6})_(?:share|grant)-(.+)$/.exec(cursor) ?? [];
  const place = entries.findIndex(({ entry }) => entry.id.slice(entry.id.indexOf(':') + 1) === id);
  return place >= 0 ? place + 1 : Math.max(0, Number(seen) - 1);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
