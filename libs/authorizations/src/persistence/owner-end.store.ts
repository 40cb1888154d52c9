import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import type { SqlValue, Statement } from '@valetkey/persistence';
import { Database, statement } from '@valetkey/persistence';
import type { Party } from '../domain/authorization.js';
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

  private async latest(of: Statement, values: readonly SqlValue[]): Promise<Instant | undefined> {
    return (await this.database.get<{ at: number | null }>(of, values))?.at ?? undefined;
  }
}
