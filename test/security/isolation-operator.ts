import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import type { Server } from '../support/server.js';
import type { Settings } from '../support/world.js';
import type { AccountName, IsolationModel, PartyName, ShopName } from './isolation-model.js';
import type { Pick } from './isolation-picks.js';

/** No account ever has both parties, so that an end is about one of them. */
const ACCOUNTS_OF: Readonly<Record<PartyName, readonly AccountName[]>> = {
  'carol-1': ['carol', 'carol2'],
  'dave-2': ['dave'],
};
const MAY_BE_DISABLED: readonly (AccountName | ShopName)[] = ['carol', 'carol2', 'dave', 'other-shop'];
/** Accounts and clients are remembered for half a second. */
const REMEMBERED = 550;

/** Changes the settings that say who is linked to which account, and what is disabled. */
export class Operator {
  constructor(private readonly server: Server) {}

  /** One change or two of those that are possible, in the model and in the server. */
  async change(pick: Pick, model: IsolationModel): Promise<void> {
    for (const what of pick([['link'], ['able'], ['link', 'able']])) {
      if (what === 'link') relink(pick, model);
      else toggle(model.disabled, pick(MAY_BE_DISABLED));
    }
    await this.apply(model);
  }

  /** Makes the server as the model says. On PostgreSQL a command does it beside the server, on SQLite a new start. */
  async apply({ links, disabled }: IsolationModel): Promise<void> {
    const file = join(this.server.directory, 'valetkey.yaml');
    const before = await readFile(file, 'utf8');
    const settings = JSON.parse(before) as Settings;
    const accounts = settings['accounts'] as Settings[];
    for (const [party, ids] of Object.entries(ACCOUNTS_OF) as [PartyName, readonly AccountName[]][])
      for (const id of ids) {
        const identity = { issuer: this.server.world.partner.issuer, subject: party };
        const present = accounts.find((one) => one['id'] === id) ?? { id, username: id, name: 'Somebody' };
        if (!accounts.includes(present)) accounts.push(present);
        Object.assign(present, { identities: links.get(party) === id ? [identity] : [], enabled: !disabled.has(id) });
      }
    for (const client of settings['clients'] as Settings[])
      client['enabled'] = !disabled.has(client['client_id'] as ShopName);
    const after = JSON.stringify(settings);
    if (after === before) return;
    await writeFile(file, after);
    if (!existsSync(join(this.server.directory, 'database-url'))) return this.server.restart();
    expect((await this.server.runCommand(['client-secret', 'owner-app'])).code).toBe(0);
    await wait(REMEMBERED);
  }
}

function relink(pick: Pick, { links }: IsolationModel): void {
  const party = pick<PartyName>(['carol-1', 'carol-1', 'dave-2']);
  const account = pick([undefined, ...ACCOUNTS_OF[party].filter((one) => one !== links.get(party))]);
  if (account) links.set(party, account);
  else links.delete(party);
}

function toggle<T>(some: Set<T>, one: T): void {
  if (!some.delete(one)) some.add(one);
}
