import { Injectable } from '@nestjs/common';
import type { Instant, Page, PageRequest } from '@valetkey/kernel';
import { foldText, toPage } from '@valetkey/kernel';
import type { WriteSet } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { Client, ClientOrigin } from '../domain/client.js';
import { likenessValues } from '../domain/client-words.js';
import { ClientStore } from './client.store.js';

/** `off`: the configuration switches it off, or names it no more. */
const STATE = `CASE WHEN NOT c.enabled THEN 'off' WHEN c.suspended_at IS NOT NULL THEN 'suspended' ELSE 'active' END`;
/** Whoever was removed keeps a row, for the names in what happened. */
const THERE = `(c.enabled OR c.managed_by = 'configuration')`;
const FACTS = `c.id, c.name, c.publisher, c.type, c.grant_types, c.scopes, c.managed_by, c.suspended_at, c.created_at, c.version, ${STATE} AS state,
  EXISTS (SELECT 1 FROM resource_server s WHERE s.client_id = c.id AND s.enabled) AS is_server`;
const PAGE = statement(
  `SELECT ${FACTS}, c.sort_name FROM client c WHERE ${THERE} AND c.search_text LIKE ? ESCAPE '!'
   AND (CAST(? AS text) = '' OR ${STATE} = ?) AND (CAST(? AS text) = '' OR c.managed_by = ?)
   AND (c.sort_name, c.id) > (?, ?) ORDER BY c.sort_name, c.id LIMIT ?`,
);
const FIND = statement(`SELECT ${FACTS}, c.registered FROM client c WHERE c.id = ? AND ${THERE}`);
const MOST_ALIKE = 5;
const ALIKE = statement(
  `SELECT c.id, c.name FROM client c WHERE c.likeness IN (?, ?, ?) AND c.managed_by <> 'registration' AND ${THERE} AND c.id <> ?
   ORDER BY c.sort_name, c.id LIMIT ${MOST_ALIKE}`,
);
const KEEP = statement('UPDATE client SET registered = ? WHERE id = ?');
const SECRETS = statement(
  `SELECT created_at, expires_at FROM client_secret WHERE client_id = ? AND (expires_at IS NULL OR expires_at > ?)
   ORDER BY CASE WHEN expires_at IS NULL THEN 0 ELSE 1 END, created_at DESC, hash`,
);
const EXPECT = statement(`UPDATE client AS c SET version = version WHERE c.id = ? AND c.version = ? AND ${THERE}`);
const SUSPEND = statement(
  'UPDATE client SET suspended_at = ?, version = version + 1 WHERE id = ? AND suspended_at IS NULL',
);
const RESUME = statement(
  'UPDATE client SET suspended_at = NULL, version = version + 1 WHERE id = ? AND suspended_at IS NOT NULL',
);
const REMOVE = statement(
  `UPDATE client SET enabled = FALSE, updated_at = ? WHERE id = ? AND enabled AND managed_by <> 'configuration'`,
);
const REMOVE_REGISTRATION = statement('DELETE FROM client_registration WHERE client_id = ?');

export type OperatedState = 'active' | 'suspended' | 'off';

/** A client as whoever runs the server finds it in the list. */
export interface ListedClient {
  readonly id: string;
  readonly name: string;
  readonly publisher: string | null;
  readonly type: Client['type'];
  readonly isServer: boolean;
  readonly grantTypes: readonly string[];
  readonly scopes: readonly string[];
  readonly origin: ClientOrigin;
  readonly state: OperatedState;
  readonly suspendedAt: Instant | null;
  readonly createdAt: Instant;
  /** Counts up with what is registered, with each secret, and as it is suspended and resumed. */
  readonly version: number;
}

/** A client with all that is known of it. */
export interface OperatedClient extends ListedClient {
  readonly client: Client;
  /** What an operator registered, with the names of RFC 7591; `null` for clients that others made. */
  readonly registered: Readonly<Record<string, unknown>> | null;
  /** The valid ones; the first stays beside a new one, and all others end with it. */
  readonly secrets: readonly OperatedSecret[];
}

/** When a secret was made, and when it ends; `null` until another is made. */
export interface OperatedSecret {
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
}

export interface ClientSearch {
  /** Part of a name, publisher or id, whatever its case and accents; '' for all. */
  readonly words: string;
  readonly state?: OperatedState | undefined;
  readonly origin?: ClientOrigin | undefined;
}

interface Row {
  id: string;
  name: string;
  publisher: string | null;
  type: Client['type'];
  grant_types: string;
  scopes: string;
  managed_by: ClientOrigin;
  suspended_at: number | null;
  created_at: number;
  version: number;
  state: OperatedState;
  is_server: boolean | number;
}

/** Clients as operators see and change them; those that were removed are not there. */
@Injectable()
export class OperatedClientStore {
  constructor(
    private readonly database: Database,
    private readonly clients: ClientStore,
  ) {}

  /** In the order of names. @throws SyntaxError for a position that is none of this list */
  async page({ words, state, origin }: ClientSearch, { limit, after }: PageRequest): Promise<Page<ListedClient>> {
    const [ofState, ofOrigin] = [state ?? '', origin ?? ''];
    const pattern = `%${foldText(words).replace(/[!%_]/g, '!$&')}%`;
    const behind = after === undefined ? ['', ''] : placeOf(after);
    const values = [pattern, ofState, ofState, ofOrigin, ofOrigin, ...behind, limit + 1];
    const rows = await this.database.all<Row & { sort_name: string }>(PAGE, values);
    return toPage(rows, limit, toListed, (row) => positionOf([row.sort_name, row.id]));
  }

  /** Others that the operator speaks for and that people take for this one by their names, the first five. */
  async alike({ id, name }: Pick<ListedClient, 'id' | 'name'>): Promise<readonly { id: string; name: string }[]> {
    const likenesses = likenessValues(name);
    return likenesses ? this.database.all<{ id: string; name: string }>(ALIKE, [...likenesses, id]) : [];
  }

  /** `undefined` for one that is not there, or was removed. */
  async find(id: string, now: Instant): Promise<OperatedClient | undefined> {
    const row = await this.database.get<Row & { registered: string | null }>(FIND, [id]);
    const client = row && (await this.clients.find(id, now));
    if (!row || !client) return undefined;
    const registered = row.registered === null ? null : (JSON.parse(row.registered) as Record<string, unknown>);
    const secrets = await this.database.all<{ created_at: number; expires_at: number | null }>(SECRETS, [id, now]);
    return {
      ...toListed(row),
      client,
      registered,
      secrets: secrets.map((secret) => ({ createdAt: secret.created_at, expiresAt: secret.expires_at })),
    };
  }

  /** What an operator registered, beside the client itself. */
  keepRegistered(writes: WriteSet, id: string, registered: Readonly<Record<string, unknown>>): void {
    writes.expectOne(KEEP, [JSON.stringify(registered), id]);
  }

  /** Fails as a condition when it is another version by now, or gone. Holds it until the end. */
  expectVersion(writes: WriteSet, id: string, version: number): void {
    writes.expectOne(EXPECT, [id, version]);
  }

  /** Fails as a condition when it is suspended already. */
  suspend(writes: WriteSet, id: string, now: Instant): void {
    writes.expectOne(SUSPEND, [now, id]);
  }

  /** Fails as a condition when it is not suspended. */
  resume(writes: WriteSet, id: string): void {
    writes.expectOne(RESUME, [id]);
  }

  /** With its registration by itself. Fails as a condition when it is gone already, or the configuration's. */
  remove(writes: WriteSet, id: string, now: Instant): void {
    writes.expectOne(REMOVE, [now, id]);
    writes.add(REMOVE_REGISTRATION, [id]);
  }
}

function toListed(row: Row): ListedClient {
  return {
    id: row.id,
    name: row.name,
    publisher: row.publisher,
    type: row.type,
    isServer: Boolean(row.is_server),
    grantTypes: JSON.parse(row.grant_types) as string[],
    scopes: JSON.parse(row.scopes) as string[],
    origin: row.managed_by,
    state: row.state,
    suspendedAt: row.suspended_at,
    createdAt: row.created_at,
    version: row.version,
  };
}

function positionOf(place: readonly string[]): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

function placeOf(position: string): string[] {
  const place: unknown = JSON.parse(Buffer.from(position, 'base64url').toString('utf8'));
  const isPlace = Array.isArray(place) && place.length === 2 && place.every((part) => typeof part === 'string');
  if (!isPlace || place.join('').includes('\0')) throw new SyntaxError('a position of another list');
  return place;
}
