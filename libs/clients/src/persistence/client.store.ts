import { Injectable } from '@nestjs/common';
import type { JSONWebKeySet } from 'jose';
import type { Instant } from '@valetkey/kernel';
import { likenessOf } from '@valetkey/kernel';
import type { ClientAuthenticationMethod } from '@valetkey/protocol';
import type { WriteSet } from '@valetkey/persistence';
import { allByKeys, Database, KEY_LIST, statement } from '@valetkey/persistence';
import type { Client, ClientName, ClientOrigin, ClientProfile } from '../domain/client.js';
import { likenessValues, searchTextOf, sortNameOf } from '../domain/client-words.js';
import { isStranger } from '../domain/client.js';
import type { ClientMetadata } from '../domain/client-metadata.js';
import { DEFAULT_CLIENT_METADATA } from '../domain/client-metadata.js';
import { ClientDirectory } from './client-directory.store.js';

const FIND = statement('SELECT * FROM client WHERE id = ?');
const NAMES = statement(`SELECT id, name, publisher, logo_uri FROM client WHERE id IN ${KEY_LIST}`);
const PROFILES = statement(
  `SELECT id, name, publisher, metadata, enabled, suspended_at FROM client WHERE id IN ${KEY_LIST}`,
);
const SECRETS = statement(
  'SELECT hash, expires_at FROM client_secret WHERE client_id = ? AND (expires_at IS NULL OR expires_at > ?)',
);
const UPSERT = statement(
  `INSERT INTO client (id, name, publisher, logo_uri, type, authentication_method, jwks, grant_types, scopes, audiences,
     access_token_format, metadata, enabled, managed_by, created_at, updated_at, search_text, sort_name, likeness)
   VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
   ON CONFLICT (id) DO UPDATE SET name = excluded.name, publisher = excluded.publisher, logo_uri = excluded.logo_uri,
     type = excluded.type, authentication_method = excluded.authentication_method, jwks = excluded.jwks,
     grant_types = excluded.grant_types, scopes = excluded.scopes, audiences = excluded.audiences,
     access_token_format = excluded.access_token_format, metadata = excluded.metadata, enabled = excluded.enabled,
     updated_at = excluded.updated_at, search_text = excluded.search_text, sort_name = excluded.sort_name,
     likeness = excluded.likeness, version = client.version + 1`,
);
/** Those that operators see: what is switched off for a while keeps its name, what was removed does not. */
const OF_OPERATOR = statement(
  `SELECT 1 AS found FROM client WHERE likeness IN (?, ?, ?) AND managed_by <> 'registration'
   AND (enabled OR managed_by = 'configuration') LIMIT 1`,
);
const MANAGED = statement('SELECT id FROM client WHERE managed_by = ? AND enabled = ?');
const WITH_ORIGINS = statement(
  `SELECT metadata FROM client WHERE enabled = ? AND suspended_at IS NULL AND metadata LIKE '%"allowedOrigins":["%'`,
);
const DISABLE = statement('UPDATE client SET enabled = ?, updated_at = ? WHERE id = ?');
const ADD_SECRET = statement(
  `INSERT INTO client_secret (client_id, hash, created_at, expires_at) VALUES (?, ?, ?, NULL)
   ON CONFLICT (client_id, hash) DO NOTHING`,
);
/** Holds the client, and what somebody read of its secrets is of another version from now on. */
const HOLD = statement('UPDATE client SET version = version + 1 WHERE id = ?');
const LIMIT_SECRETS = statement(
  'UPDATE client_secret SET expires_at = ? WHERE client_id = ? AND hash <> ? AND (expires_at IS NULL OR expires_at > ?)',
);
/** All valid ones but the new one and the newest before it, which is the one without an end where there is one. */
const END_OLDER_SECRETS = statement(
  `UPDATE client_secret SET expires_at = ? WHERE client_id = ? AND hash <> ? AND (expires_at IS NULL OR expires_at > ?)
   AND hash <> (SELECT hash FROM client_secret newest
     WHERE newest.client_id = client_secret.client_id AND newest.hash <> ? AND (newest.expires_at IS NULL OR newest.expires_at > ?)
     ORDER BY CASE WHEN newest.expires_at IS NULL THEN 0 ELSE 1 END, newest.created_at DESC, newest.hash LIMIT 1)`,
);
const END_SECRETS = statement(
  'UPDATE client_secret SET expires_at = ? WHERE client_id = ? AND (expires_at IS NULL OR expires_at > ?)',
);
const HAD_SECRET = statement('SELECT 1 AS had FROM client_secret WHERE client_id = ? AND hash = ?');

interface Row {
  id: string;
  name: string;
  publisher: string | null;
  logo_uri: string | null;
  type: Client['type'];
  authentication_method: ClientAuthenticationMethod;
  jwks: string | null;
  grant_types: string;
  scopes: string;
  audiences: string;
  access_token_format: Client['accessTokenFormat'];
  metadata: string | null;
  enabled: boolean | number;
  suspended_at: number | null;
  managed_by: ClientOrigin;
}

/** Clients and the digests of their secrets. */
@Injectable()
export class ClientStore {
  private readonly directory: ClientDirectory;

  constructor(private readonly database: Database) {
    this.directory = new ClientDirectory(database);
  }

  /** The client with exactly this id, disabled ones too, or `undefined`. */
  async find(id: string, now: Instant): Promise<Client | undefined> {
    const row = await this.database.get<Row>(FIND, [id]);
    if (!row) return undefined;
    const secrets = await this.database.all<{ hash: string; expires_at: number | null }>(SECRETS, [id, now]);
    return toClient(
      row,
      secrets.map((secret) => ({ hash: secret.hash, expiresAt: secret.expires_at })),
    );
  }

  /** How people know the clients with these ids, disabled ones too; those that are not there are left out. */
  async names(ids: Iterable<string>): Promise<ReadonlyMap<string, ClientName>> {
    type Named = Pick<Row, 'id' | 'name' | 'publisher' | 'logo_uri'>;
    const rows = await allByKeys<Named>(this.database, NAMES, ids);
    return new Map(rows.map(({ id, name, publisher, logo_uri: logoUri }) => [id, { name, publisher, logoUri }]));
  }

  /** What people are told of the clients with these ids, disabled ones too; those that are not there are left out. */
  async profiles(ids: Iterable<string>): Promise<ReadonlyMap<string, ClientProfile>> {
    type Told = Pick<Row, 'id' | 'name' | 'publisher' | 'metadata' | 'enabled' | 'suspended_at'>;
    const rows = await allByKeys<Told>(this.database, PROFILES, ids);
    return new Map(rows.map((row) => [row.id, toProfile(row)]));
  }

  /** Registers the client or replaces what is registered, secrets apart. One that an operator suspended stays so. */
  save(writes: WriteSet, client: Client, managedBy: ClientOrigin, now: Instant): void {
    writes.expectOne(UPSERT, [
      client.id,
      client.name,
      client.publisher,
      client.logoUri,
      client.type,
      client.authenticationMethod,
      client.jwks && JSON.stringify(client.jwks),
      JSON.stringify(client.grantTypes),
      JSON.stringify(client.scopes),
      JSON.stringify(client.audiences),
      client.accessTokenFormat,
      JSON.stringify(client.metadata),
      client.enabled ? 1 : 0,
      managedBy,
      now,
      now,
      searchTextOf(client),
      sortNameOf(client),
      likenessOf(client.name),
    ]);
    this.directory.note(writes, client);
  }

  /** Whether people would take a client of this name for one of the operator's (attack class 212). */
  async isTakenForOperators(name: string): Promise<boolean> {
    const likenesses = likenessValues(name);
    return likenesses !== undefined && (await this.database.get(OF_OPERATOR, [...likenesses])) !== undefined;
  }

  /** Ids of the enabled clients that the configuration made. */
  async managedByConfiguration(): Promise<string[]> {
    return (await this.database.all<{ id: string }>(MANAGED, ['configuration', 1])).map((row) => row.id);
  }

  /** Origins whose scripts may read answers to one of the enabled clients. */
  async origins(): Promise<string[]> {
    const rows = await this.database.all<{ metadata: string }>(WITH_ORIGINS, [1]);
    return rows.flatMap((row) => (JSON.parse(row.metadata) as ClientMetadata).allowedOrigins);
  }

  disable(writes: WriteSet, id: string, now: Instant): void {
    writes.add(DISABLE, [0, now, id]);
  }

  /**
   * Adds a secret by its digest. Of the others only the newest stays valid, until `othersUntil`: there are never more than two
   * at a time, however many are added at once. Adding a digest that is there already changes nothing but the others.
   */
  addSecret(writes: WriteSet, secret: { clientId: string; hash: string; now: Instant; othersUntil: Instant }): void {
    const { clientId, hash, now, othersUntil } = secret;
    // One after the other, so that each sees what the one before it added.
    writes.add(HOLD, [clientId]);
    writes.add(END_OLDER_SECRETS, [now, clientId, hash, now, hash, now]);
    writes.add(LIMIT_SECRETS, [othersUntil, clientId, hash, othersUntil]);
    writes.add(ADD_SECRET, [clientId, hash, now]);
  }

  /** Ends all secrets of a client. */
  endSecrets(writes: WriteSet, clientId: string, now: Instant): void {
    writes.add(END_SECRETS, [now, clientId, now]);
  }

  /**
   * Whether the client ever had this secret. Digests of secrets that are over are kept: one that was replaced must not come
   * back because a file still holds it.
   */
  async hadSecret(clientId: string, hash: string): Promise<boolean> {
    return (await this.database.get(HAD_SECRET, [clientId, hash])) !== undefined;
  }
}

function toProfile({
  name,
  publisher,
  metadata,
  enabled,
  suspended_at: suspendedAt,
}: Pick<Row, 'name' | 'publisher' | 'metadata' | 'enabled' | 'suspended_at'>): ClientProfile {
  const registered = { ...DEFAULT_CLIENT_METADATA, ...(JSON.parse(metadata ?? '{}') as Partial<ClientMetadata>) };
  return {
    name,
    publisher,
    isStranger: isStranger({ metadata: registered }),
    enabled: Boolean(enabled),
    isSuspended: suspendedAt !== null,
  };
}

function toClient(row: Row, secrets: Client['secrets']): Client {
  return {
    id: row.id,
    name: row.name,
    publisher: row.publisher,
    logoUri: row.logo_uri,
    type: row.type,
    authenticationMethod: row.authentication_method,
    secrets,
    jwks: row.jwks === null ? null : (JSON.parse(row.jwks) as JSONWebKeySet),
    grantTypes: JSON.parse(row.grant_types) as string[],
    scopes: JSON.parse(row.scopes) as string[],
    audiences: JSON.parse(row.audiences) as string[],
    accessTokenFormat: row.access_token_format,
    // What a row from before a member was known does not have is as if it had not been registered.
    metadata: {
      ...DEFAULT_CLIENT_METADATA,
      vouchedBy: row.managed_by === 'registration' ? 'nobody' : 'operator',
      ...(JSON.parse(row.metadata ?? '{}') as Partial<ClientMetadata>),
    },
    enabled: Boolean(row.enabled) && row.suspended_at === null,
  };
}
