import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { past } from '../support/eventually.js';
import type { Answer } from '../support/http.js';
import type { Server } from '../support/server.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL } from '../support/world.js';
import { type Album, aliceOf, ALICES_CONNECTIONS, CAROLS_ACCOUNT, outcome } from './photo-sharing.js';

/** In seconds, and so far apart that a slow machine is still in time to see one kind live when another has ended. */
const LIFE = { first: 3, afterNeedInfo: 8, afterSubmitted: 13, rpt: 4 };
const LIFETIMES = {
  ticket_lifetime: `${LIFE.first}s`,
  need_info_ticket_lifetime: `${LIFE.afterNeedInfo}s`,
  submitted_ticket_lifetime: `${LIFE.afterSubmitted}s`,
  poll_interval: '1s',
};

/** All that the server keeps, as text. */
async function storedText({ directory }: Server): Promise<string> {
  const data = join(directory, 'data');
  const entries = await readdir(data, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile() && entry.name.includes('sqlite')).map(({ name }) => name);
  const files = await Promise.all(names.map((name) => readFile(join(data, name), 'latin1')));
  const url = await readFile(join(directory, 'database-url'), 'utf8').catch(() => undefined);
  return url === undefined ? files.join('') : databaseText(url);
}

async function databaseText(url: string): Promise<string> {
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  try {
    const tables = ['permission_ticket', 'token', 'refresh_token', 'persisted_claims_token', 'access_request'];
    const rows = [];
    for (const table of tables) rows.push((await database.query(`SELECT * FROM ${table}`)).rows);
    return JSON.stringify(rows);
  } finally {
    await database.end();
  }
}

describeServer(
  'UMA grant: life of permission tickets',
  { connections: ALICES_CONNECTIONS, config: { uma: LIFETIMES, tokens: { rpt_lifetime: `${LIFE.rpt}s` } } },
  (server) => {
    const carol = () => requestingParty(server(), CAROL, 'print-shop');
    const shop = () => clientOf(server(), 'print-shop');
    const newAlbum = () => aliceOf(server()).album();
    const sharedAlbum = async () => {
      const album = await newAlbum();
      await album.share(CAROLS_ACCOUNT, ['view']);
      return album;
    };

    it('UG-54 ends each ticket after the life of its kind: first, after need_info, after request_submitted', async () => {
      const [album, closed, waiting] = [await sharedAlbum(), await newAlbum(), await newAlbum()];
      const afterNeedInfo = async () => textMember(await shop().rpt(await album.ticket('view')), 403, 'ticket');
      const submit = async (to: typeof closed) =>
        textMember(await carol().present(await to.ticket('view')), 403, 'ticket');
      const granted = await carol().present(await album.ticket('view'));
      const [submitted, neverPolled] = [await submit(closed), await submit(waiting)];
      const { id } = await aliceOf(server()).pendingRequest(waiting);
      const [first, second, third] = [await album.ticket('view'), await afterNeedInfo(), await afterNeedInfo()];
      const made = Date.now();

      await past(made + LIFE.first * 1_000);
      expect(outcome(await carol().present(first))).toBe('400 invalid_grant');
      expect(outcome(await carol().present(second))).toBe('200');
      await past(made + LIFE.afterNeedInfo * 1_000);
      expect(outcome(await carol().present(third))).toBe('400 invalid_grant');
      expect(outcome(await shop().rpt(submitted))).toBe('403 request_submitted');
      await expectUpgradeOf(granted, album);
      await past(made + LIFE.afterSubmitted * 1_000);
      expect(outcome(await shop().rpt(neverPolled))).toBe('400 invalid_grant');
      await expectExpired(id, waiting);
    });

    /** UG-40: an RPT that has expired is still good as the start of an upgrade. */
    const expectUpgradeOf = async (granted: Answer, album: Album) => {
      const rpt = textMember(granted, 200, 'access_token');
      expect(await aliceOf(server()).permissions(rpt)).toEqual([]);
      const other = await sharedAlbum();
      const upgraded = await carol().present(await other.ticket('view'), { rpt });
      expect(upgraded.json()).toMatchObject({ upgraded: true });
      const held = await aliceOf(server()).permissions(textMember(upgraded, 200, 'access_token'));
      expect(new Set(held)).toEqual(new Set([album.on('view'), other.on('view')]));
    };

    /** The request ends with its ticket: the owner can approve it no more, and an equal one is another. */
    const expectExpired = async (id: string, album: Album) => {
      expect(outcome(await aliceOf(server()).owner.approve(id))).toBe('409 invalid_state');
      expect((await aliceOf(server()).owner.get(`requests/${id}`)).json()).toMatchObject({ state: 'expired' });
      expect(outcome(await carol().present(await album.ticket('view')))).toBe('403 request_submitted');
      expect((await aliceOf(server()).pendingRequest(album)).id).not.toBe(id);
    };

    it('UG-54 has 256 bits in a ticket, and neither tickets nor tokens are stored readably', async () => {
      const album = await sharedAlbum();
      const ticket = await album.ticket('view');
      expect(ticket).toMatch(/^vk_tk_[A-Za-z0-9_-]{49}$/);
      const second = textMember(await shop().rpt(ticket), 403, 'ticket');
      const granted = await carol().present(second);
      const tokens = ['access_token', 'refresh_token', 'pct'].map((member) => textMember(granted, 200, member));

      const stored = await storedText(server());
      expect(stored).toContain(album.id);
      for (const value of [ticket, second, ...tokens]) {
        expect(stored).not.toContain(value);
        expect(stored).not.toContain(value.split('_').slice(2).join('_').slice(0, 43));
        expect(server().log()).not.toContain(value);
      }
    });
  },
);
