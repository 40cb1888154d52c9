import { Injectable } from '@nestjs/common';
import type { Instant, Page, PageRequest } from '@valetkey/kernel';
import { foldText, toPage } from '@valetkey/kernel';
import type { OwnerId } from '@valetkey/authorizations';
import type { SqlValue, Statement } from '@valetkey/persistence';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';
import { sortNameOf } from '../domain/resource-words.js';
import type { Resource } from '../domain/resource.js';
import type { ResourceRow } from './resource.store.js';
import { toResource } from './resource.store.js';

/** Which of an owner's resources a list holds. */
export interface ResourceSearch {
  readonly show: 'all' | 'shared' | 'private' | 'ending' | 'starred';
  /** Words as somebody typed them: found in names and descriptions in any language, whatever their case and accents. */
  readonly words?: string;
  readonly label?: string;
  readonly resourceServerId?: string;
  /** Of `ending`: until when some access to it ends. */
  readonly endingBy?: Instant;
}

/** Who may use a resource now, or will; each holder once. */
export interface ResourceHolders {
  readonly people: number;
  readonly applications: number;
  readonly groups: number;
  /** When the next of these accesses ends by itself. */
  readonly nextEnd: Instant | null;
}

const FILTERED = `FROM resource res WHERE res.owner = ? AND res.search_text LIKE ? ESCAPE '!'
  AND (CAST(? AS text) = '' OR res.resource_server_id = ?)
  AND (CAST(? AS text) = '' OR EXISTS
    (SELECT 1 FROM resource_label l WHERE l.owner = res.owner AND l.label = ? AND l.resource_id = res.id))`;
const LIVE = `SELECT 1 FROM policy p WHERE p.resource_id = res.id AND (p.expires_at IS NULL OR p.expires_at > ?)`;
const SHOWN = {
  all: '',
  shared: `AND EXISTS (${LIVE})`,
  private: `AND NOT EXISTS (${LIVE})`,
  ending: `AND EXISTS (SELECT 1 FROM policy p WHERE p.resource_id = res.id AND p.expires_at > ? AND p.expires_at <= ?)`,
  starred: 'AND EXISTS (SELECT 1 FROM resource_star s WHERE s.owner = res.owner AND s.resource_id = res.id)',
} as const;
const PLACE = '(res.resource_server_id, res.sort_name, res.id)';

const pageOf = (shown: string) =>
  statement(`SELECT res.* ${FILTERED} ${shown} AND ${PLACE} > (?, ?, ?)
    ORDER BY res.resource_server_id, res.sort_name, res.id LIMIT ?`);
const countOf = (shown: string) => statement(`SELECT count(*) AS resources ${FILTERED} ${shown}`);
const forEach = (make: (shown: string) => Statement): Record<ResourceSearch['show'], Statement> => ({
  all: make(SHOWN.all),
  shared: make(SHOWN.shared),
  private: make(SHOWN.private),
  ending: make(SHOWN.ending),
  starred: make(SHOWN.starred),
});
const PAGE = forEach(pageOf);
const COUNT = forEach(countOf);

const IS = (type: string) => `subject LIKE '{"type":"${type}"%'`;
const HOLDERS = statement(
  `SELECT resource_id,
     count(DISTINCT CASE WHEN ${IS('account')} OR ${IS('partner')} THEN subject END) AS people,
     count(DISTINCT CASE WHEN ${IS('client')} THEN client_id END) AS applications,
     count(DISTINCT CASE WHEN ${IS('claim')} OR ${IS('anyone')} THEN subject END) AS groups_of_people,
     min(expires_at) AS next_end
   FROM policy WHERE resource_id IN ${KEY_LIST} AND (expires_at IS NULL OR expires_at > ?) GROUP BY resource_id`,
);
const SERVERS = statement('SELECT DISTINCT resource_server_id FROM resource WHERE owner = ?');

interface HoldersRow {
  resource_id: string;
  people: number;
  applications: number;
  groups_of_people: number;
  next_end: number | null;
}

const NOBODY: ResourceHolders = { people: 0, applications: 0, groups: 0, nextEnd: null };

/** What an owner has, as she looks for it: by service, and there by name. */
@Injectable()
export class OwnedResourceStore {
  constructor(private readonly database: Database) {}

  /** @throws SyntaxError for a position that is none of this list */
  async page(
    owner: OwnerId,
    search: ResourceSearch,
    { limit, after }: PageRequest,
    now: Instant,
  ): Promise<Page<Resource>> {
    const behind = after === undefined ? ['', '', ''] : placeOf(after);
    const values = [...valuesOf(owner, search, now), ...behind, limit + 1];
    const rows = await this.database.all<ResourceRow>(PAGE[search.show], values);
    return toPage(rows, limit, toResource, (row) => positionOf(toResource(row)));
  }

  /** How many there are on all pages. */
  async count(owner: OwnerId, search: ResourceSearch, now: Instant): Promise<number> {
    const values = valuesOf(owner, search, now);
    return Number((await this.database.get<{ resources: number }>(COUNT[search.show], values))?.resources ?? 0);
  }

  /** By resource; one that nobody may use has nobody. */
  async holdersOf(resourceIds: Iterable<string>, now: Instant): Promise<(resourceId: string) => ResourceHolders> {
    const rows = await allByKeys<HoldersRow>(this.database, HOLDERS, resourceIds, [now]);
    const holders = new Map(rows.map((row) => [row.resource_id, toHolders(row)]));
    return (id) => holders.get(id) ?? NOBODY;
  }

  /** The resource servers that keep anything of hers. */
  async serversOf(owner: OwnerId): Promise<string[]> {
    const rows = await this.database.all<{ resource_server_id: string }>(SERVERS, [owner]);
    return rows.map((row) => row.resource_server_id).sort();
  }
}

function valuesOf(owner: OwnerId, search: ResourceSearch, now: Instant): SqlValue[] {
  const { words = '', label = '', resourceServerId = '' } = search;
  const pattern = `%${foldText(words).replace(/[!%_]/g, '!$&')}%`;
  return [
    ...[owner, pattern, resourceServerId, resourceServerId, label, label],
    ...(search.show === 'shared' || search.show === 'private' ? [now] : []),
    ...(search.show === 'ending' ? [now, search.endingBy ?? now] : []),
  ];
}

function toHolders(row: HoldersRow): ResourceHolders {
  return {
    people: Number(row.people),
    applications: Number(row.applications),
    groups: Number(row.groups_of_people),
    nextEnd: row.next_end,
  };
}

function positionOf(resource: Resource): string {
  return Buffer.from(JSON.stringify([resource.resourceServerId, sortNameOf(resource), resource.id])).toString(
    'base64url',
  );
}

function placeOf(position: string): string[] {
  const place: unknown = JSON.parse(Buffer.from(position, 'base64url').toString('utf8'));
  const isPlace = Array.isArray(place) && place.length === 3 && place.every((part) => typeof part === 'string');
  if (!isPlace || place.join('').includes('\0')) throw new SyntaxError('a position of another list');
  return place;
}
