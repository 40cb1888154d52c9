import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import type { Server } from '../support/server.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL } from '../support/world.js';
import { aliceOf, ALICES_CONNECTIONS, CAROLS_ACCOUNT, outcome } from './photo-sharing.js';

const LIFETIMES = {
  ticket_lifetime: '1s',
  need_info_ticket_lifetime: '2s',
  submitted_ticket_lifetime: '3s',
  poll_interval: '1s',
};
/** A little more than the second by which the lifetimes differ. */
const STEP = 1_100;

/** All that the server keeps, as text. */
async function storedText({ directory }: Server): Promise<string> {
  const data = join(directory, 'data');
  const names = await readdir(data).catch(() => []);
  const files = await Promise.all(
    names.filter((name) => name.includes('sqlite')).map((name) => readFile(join(data, name), 'latin1')),
  );
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
  { connections: ALICES_CONNECTIONS, config: { uma: LIFETIMES } },
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
      const [album, closed] = [await sharedAlbum(), await newAlbum()];
      const ticket = () => album.ticket('view');
      const afterNeedInfo = async () => textMember(await shop().rpt(await ticket()), 403, 'ticket');
      const submitted = textMember(await carol().present(await closed.ticket('view')), 403, 'ticket');
      const [first, second, ...later] = [await ticket(), await afterNeedInfo(), await afterNeedInfo()];

      await wait(STEP);
      expect(outcome(await carol().present(first))).toBe('400 invalid_grant');
      expect(outcome(await carol().present(second))).toBe('200');
      await wait(STEP);
      expect(outcome(await carol().present(later[0] ?? ''))).toBe('400 invalid_grant');
      const polled = await shop().rpt(submitted);
      expect(outcome(polled)).toBe('403 request_submitted');
      await wait(3 * STEP);
      expect(outcome(await shop().rpt(textMember(polled, 403, 'ticket')))).toBe('400 invalid_grant');
    });

    it('the request expires with its ticket: the owner can approve it no more', async () => {
      const album = await newAlbum();
      await carol().present(await album.ticket('view'));
      const { id } = await aliceOf(server()).pendingRequest(album);
      await wait(3 * STEP);
      expect(outcome(await aliceOf(server()).owner.approve(id))).toBe('409 invalid_state');
      const { state } = (await aliceOf(server()).owner.get(`requests/${id}`)).json<{ state: string }>();
      expect(state).toBe('expired');
      // An equal request is a new one.
      expect(outcome(await carol().present(await album.ticket('view')))).toBe('403 request_submitted');
      expect((await aliceOf(server()).pendingRequest(album)).id).not.toBe(id);
    });

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
