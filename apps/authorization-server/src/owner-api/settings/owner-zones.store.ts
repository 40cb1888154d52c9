import { Injectable } from '@nestjs/common';
import { allByKeys, Database, KEY_LIST, statement, WriteSet } from '@valetkey/persistence';

const OF_ACCOUNTS = statement(
  `SELECT account.id, account.zone, owner_settings.account_id AS chooser, owner_settings.time_zone AS chosen,
     seen_zone.time_zone AS seen
   FROM account LEFT JOIN owner_settings ON owner_settings.account_id = account.id
     LEFT JOIN seen_zone ON seen_zone.account_id = account.id
   WHERE account.id IN ${KEY_LIST}`,
);
const SEEN = statement('SELECT time_zone FROM seen_zone WHERE account_id = ?');
const SEE = statement(
  `INSERT INTO seen_zone (account_id, time_zone) VALUES (?, ?)
   ON CONFLICT (account_id) DO UPDATE SET time_zone = excluded.time_zone`,
);

interface Row {
  id: string;
  zone: string | null;
  chooser: string | null;
  chosen: string | null;
  seen: string | null;
}

/** In which days people count: the zone they chose, else that of their account, else the one their device showed last. */
@Injectable()
export class OwnerZones {
  constructor(private readonly database: Database) {}

  /** IANA names by account; of whom nothing is known is left out. */
  async of(accountIds: Iterable<string>): Promise<ReadonlyMap<string, string>> {
    const rows = await allByKeys<Row>(this.database, OF_ACCOUNTS, accountIds);
    return new Map(rows.flatMap((row) => [zoneOf(row)].flatMap((zone) => (zone === null ? [] : [[row.id, zone]]))));
  }

  async ofOne(accountId: string): Promise<string | undefined> {
    return (await this.of([accountId])).get(accountId);
  }

  /** Notes the zone of the device at which somebody is. Of two at once one stays. */
  async see(accountId: string, zone: string): Promise<void> {
    const known = await this.database.get<{ time_zone: string }>(SEEN, [accountId]);
    if (known?.time_zone !== zone) await this.database.commit(new WriteSet().add(SEE, [accountId, zone]));
  }
}

/** Who said "as the browser says" goes before her account; who never chose after it. */
function zoneOf({ zone, chooser, chosen, seen }: Row): string | null {
  if (chosen !== null) return chosen;
  return chooser === null ? (zone ?? seen) : (seen ?? zone);
}
