import { Injectable } from '@nestjs/common';
import type { Instant } from '@valetkey/kernel';
import { Database, statement } from '@valetkey/persistence';

/** Counted so far: more are "more than a thousand". */
const MOST_COUNTED = 1_000;

const OPEN = `state IN ('active', 'suspended')`;
const NEXT_PERSON = (after: string) =>
  `SELECT min(owner) FROM authorization_record WHERE client_id = ? AND ${OPEN} AND owner > ${after} AND owner < 'account;'`;
/** From one owner to the next by the index: however many records somebody has with the client, she is read once. */
const PEOPLE = statement(
  `WITH RECURSIVE held (owner, place) AS (
     SELECT (${NEXT_PERSON(`'account:'`)}), 1
     UNION ALL SELECT (${NEXT_PERSON('held.owner')}), held.place + 1 FROM held
       WHERE held.owner IS NOT NULL AND held.place <= ${MOST_COUNTED})
   SELECT count(owner) AS people FROM held`,
);
const GRANTS = statement(
  `SELECT count(*) AS grants FROM (SELECT 1 AS one FROM authorization_record WHERE client_id = ? AND ${OPEN}
     LIMIT ${MOST_COUNTED + 1}) counted`,
);
const LAST_USE = statement(
  `SELECT last_used_at FROM authorization_record WHERE client_id = ? AND ${OPEN} AND last_used_at IS NOT NULL
   ORDER BY last_used_at DESC LIMIT 1`,
);

/** How many, as far as was counted. */
export interface BoundedCount {
  readonly count: number;
  /** There are more. */
  readonly isMore: boolean;
}

/** What a client holds: how much, never of whom. */
@Injectable()
export class ClientHoldingsStore {
  constructor(private readonly database: Database) {}

  /** People of whom the client holds something that is not over. */
  async people(clientId: string): Promise<BoundedCount> {
    const row = await this.database.get<{ people: number }>(PEOPLE, [clientId, clientId]);
    return bounded(row?.people);
  }

  /** What it holds that is not over, whoever gave it. */
  async grants(clientId: string): Promise<BoundedCount> {
    const row = await this.database.get<{ grants: number }>(GRANTS, [clientId]);
    return bounded(row?.grants);
  }

  /** When anything was used that it still holds, as far as that is written; `undefined`: never. */
  async lastUse(clientId: string): Promise<Instant | undefined> {
    const row = await this.database.get<{ last_used_at: number }>(LAST_USE, [clientId]);
    return row?.last_used_at;
  }
}

function bounded(counted: number | undefined): BoundedCount {
  const count = Number(counted ?? 0);
  return { count: Math.min(count, MOST_COUNTED), isMore: count > MOST_COUNTED };
}
