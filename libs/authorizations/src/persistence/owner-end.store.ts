import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { SqlValue, Statement } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { OwnerId, Party } from '../domain/authorization.js';
import type { ClientOfOwner } from './authorization.store.js';

const OF_KEY = statement(
  `SELECT max(ended_at) AS at FROM authorization_record WHERE party_key = ? AND state = 'revoked' AND ended_by = 'owner'`,
);
const OF_CLIENT = 'r.owner = ? AND r.resource_server_id = ? AND r.client_id = ?';
const OF_IDENTITY = statement(
  `SELECT max(r.ended_at) AS at FROM ended_identity e JOIN authorization_record r ON r.id = e.authorization_id
   WHERE e.issuer = ? AND e.subject = ? AND ${OF_CLIENT}`,
);
const OF_ACCOUNT = statement(
  `SELECT max(r.ended_at) AS at FROM account_identity i
     JOIN ended_identity e ON e.issuer = i.issuer AND e.subject = i.subject
     JOIN authorization_record r ON r.id = e.authorization_id
   WHERE i.account_id = ? AND ${OF_CLIENT}`,
);

const OF_OWNER = statement(
  `SELECT party_key, resource_server_id, client_id, max(ended_at) AS at FROM authorization_record
   WHERE owner = ? AND origin = 'uma' AND state = 'revoked' AND ended_by = 'owner'
   GROUP BY party_key, resource_server_id, client_id`,
);

interface EndRow {
  party_key: string | null;
  resource_server_id: string | null;
  client_id: string;
  at: number;
}

/** When an owner last ended what was had of her things; `undefined` when never. */
export interface EndsOfOwner {
  ofKey(partyKey: string): Instant | undefined;
  /** For itself or for anybody. */
  ofClient(resourceServerId: string, clientId: string): Instant | undefined;
}

/** An issuer's own name for a person. */
export type Identity = Pick<Party, 'issuer' | 'subject'>;

/** A requesting party as she is known now. */
export interface KnownParty {
  readonly partyKey: string;
  readonly accountId: string | undefined;
  /** Whom trusted issuers have named just now. */
  readonly identities: readonly Identity[];
}

/** What owners ended, by who held it: an end keeps the identities of its party, since links to accounts change. */
@Injectable()
export class OwnerEndStore {
  constructor(private readonly database: Database) {}

  /** When the owner last ended a record of this party key; `undefined` when never. */
  ofKey(partyKey: string): Promise<Instant | undefined> {
    return this.latest(OF_KEY, [partyKey]);
  }

  /**
   * When the owner last ended what this person held through the client: under her key of now, or a record that any of her
   * identities led to or was linked to, those that are linked to her account now included. `undefined` when never.
   */
  async ofParty(
    { owner, resourceServerId, clientId }: ClientOfOwner,
    { partyKey, accountId, identities }: KnownParty,
  ): Promise<Instant | undefined> {
    const client = [owner, resourceServerId, clientId];
    const ends = await Promise.all([
      this.ofKey(partyKey),
      ...identities.map(({ issuer, subject }) => this.latest(OF_IDENTITY, [issuer, subject, ...client])),
      ...(accountId === undefined ? [] : [this.latest(OF_ACCOUNT, [accountId, ...client])]),
    ]);
    const known = ends.filter((end) => end !== undefined);
    return known.length === 0 ? undefined : Math.max(...known);
  }

  /** All of an owner's, for lists. */
  async ofOwner(owner: OwnerId): Promise<EndsOfOwner> {
    const [keys, clients] = [new Map<string, Instant>(), new Map<string, Instant>()];
    for (const row of await this.database.all<EndRow>(OF_OWNER, [owner])) {
      const client = clientKey(row.resource_server_id, row.client_id);
      if (row.party_key !== null) keys.set(row.party_key, row.at);
      clients.set(client, Math.max(clients.get(client) ?? 0, row.at));
    }
    return {
      ofKey: (key) => keys.get(key),
      ofClient: (resourceServerId, clientId) => clients.get(clientKey(resourceServerId, clientId)),
    };
  }

  private async latest(of: Statement, values: readonly SqlValue[]): Promise<Instant | undefined> {
    return (await this.database.get<{ at: number | null }>(of, values))?.at ?? undefined;
  }
}

function clientKey(resourceServerId: string | null, clientId: string): string {
  return `${resourceServerId ?? ''}\n${clientId}`;
}
