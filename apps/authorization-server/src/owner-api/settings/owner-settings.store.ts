import { Injectable } from '@nestjs/common';
import { NoticeChoices, Persons } from '@valetkey/accounts';
import type { OwnerSettings } from '@valetkey/owner-contract';
import { Database, statement, WriteSet } from '@valetkey/persistence';
import { OwnerZones } from './owner-zones.store.js';
import { isZone, LONGEST_ZONE } from './settings-schema.js';

const FIND = statement('SELECT * FROM owner_settings WHERE account_id = ?');
const SAVE = statement(
  `INSERT INTO owner_settings (account_id, language, time_zone, default_days, shortcuts) VALUES (?, ?, ?, ?, ?)
   ON CONFLICT (account_id) DO UPDATE SET language = excluded.language, time_zone = excluded.time_zone,
     default_days = excluded.default_days, shortcuts = excluded.shortcuts`,
);

interface Row {
  language: string | null;
  time_zone: string | null;
  default_days: number | null;
  shortcuts: number;
}

/** How a person wants the console. */
@Injectable()
export class OwnerSettingsStore {
  constructor(
    private readonly database: Database,
    private readonly persons: Persons,
    private readonly choices: NoticeChoices,
    private readonly zones: OwnerZones,
  ) {}

  /** Who never chose has the language and the zone of her account. */
  async of(accountId: string): Promise<OwnerSettings> {
    const requestMails = await this.choices.wantsRequests(accountId);
    const row = await this.database.get<Row>(FIND, [accountId]);
    if (row) return { ...chosen(row), request_mails: requestMails };
    const person = await this.persons.find(accountId);
    return {
      language: person?.locale ?? null,
      time_zone: person?.zone ?? null,
      default_days: null,
      shortcuts: true,
      request_mails: requestMails,
    };
  }

  /** Notes the zone of the device at which somebody is; what is no zone is passed over. */
  async seeZone(accountId: string, zone: unknown): Promise<void> {
    if (typeof zone === 'string' && zone.length <= LONGEST_ZONE && isZone(zone)) await this.zones.see(accountId, zone);
  }

  /** Of two at once the later counts as a whole. */
  async save(accountId: string, settings: OwnerSettings): Promise<void> {
    const { language, time_zone: zone, default_days: days, shortcuts, request_mails: requestMails } = settings;
    await this.database.commit(new WriteSet().add(SAVE, [accountId, language, zone, days, Number(shortcuts)]));
    await this.choices.chooseRequests(accountId, requestMails);
  }
}

function chosen(row: Row): Omit<OwnerSettings, 'request_mails'> {
  return {
    language: row.language,
    time_zone: row.time_zone,
    default_days: row.default_days,
    shortcuts: Number(row.shortcuts) === 1,
  };
}
