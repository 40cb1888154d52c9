import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { clientOf } from '../support/client.js';
import { type SecondServer, startSecond } from '../support/second-server.js';
import { type Server, startServer } from '../support/server.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL, type Settings } from '../support/world.js';
import { type Album, aliceOf, ALICES_CONNECTIONS, ANYONE, entryOf, outcome } from './photo-sharing.js';

const ROUNDS = Array.from({ length: 8 }, (_, round) => round);
/** Accounts, clients and issuers are remembered for half a second. */
const REMEMBERED = 500;

describe('UMA grant: two servers on one database (postgres)', () => {
  let first: Server;
  let beside: SecondServer;
  beforeAll(async () => {
    first = await startServer({ engine: 'postgres', connections: ALICES_CONNECTIONS });
    beside = await startSecond(first);
  });
  afterAll(async () => {
    await beside?.stop();
    await first?.dispose();
  });

  /** Everybody, at one of the two. */
  const at = (server: Server) => ({
    alice: aliceOf(server),
    shop: clientOf(server, 'print-shop'),
    carol: requestingParty(server, CAROL, 'print-shop'),
    asks: async (album: Album) =>
      outcome(await requestingParty(server, CAROL, 'print-shop').present(await album.ticket('view'))),
  });
  const one = () => at(first);
  const other = () => at(beside.server);
  const albumAtOne = async () => {
    const album = await one().alice.album();
    await album.share(ANYONE, ['view']);
    return album;
  };
  const granted = async (album: Album) => {
    const answer = await one().carol.present(await album.ticket('view'));
    const [rpt = '', refreshToken = '', pct = ''] = ['access_token', 'refresh_token', 'pct'].map((member) =>
      textMember(answer, 200, member),
    );
    return { rpt, refreshToken, pct };
  };
  const endOf = async (rpt: string) => {
    const { grant_id: id } = (await one().alice.photos.introspect(rpt)).json<{ grant_id: string }>();
    return () => one().alice.owner.endAuthorization(id);
  };
  const worthAt = (rpt: string) => Promise.all([one(), other()].map(({ alice }) => alice.permissions(rpt)));

  it('UG-50 a ticket that one made is good at the other, once, and its RPT at both', async () => {
    const album = await albumAtOne();
    const ticket = await album.ticket('view');
    const rpt = await other().carol.rpt(ticket);
    expect(await worthAt(rpt)).toEqual([[album.on('view')], [album.on('view')]]);
    expect(outcome(await one().carol.present(ticket))).toBe('400 invalid_grant');
    expect(await worthAt(rpt)).toEqual([[], []]);
  });

  it('UG-55 a ticket that is presented to both at once gives one RPT, which ends with the replay', async () => {
    const album = await albumAtOne();
    const { pct } = await granted(album);
    for (const round of ROUNDS) {
      const ticket = await album.ticket('view');
      const answers = await Promise.all([one(), other()].map(({ shop }) => shop.rpt(ticket, { pct })));
      expect([round, answers.map(outcome).sort()]).toEqual([round, ['200', '400 invalid_grant']]);
      const [winner] = answers.filter(({ status }) => status === 200);
      expect(await worthAt(winner ? textMember(winner, 200, 'access_token') : '')).toEqual([[], []]);
    }
  });

  it('UG-43 what the owner ends at one is ended at the other at once, and no old policy gives it back there', async () => {
    const album = await albumAtOne();
    const { rpt, refreshToken, pct } = await granted(album);
    const ticket = await album.ticket('view');
    expect(await worthAt(rpt)).toEqual([[album.on('view')], [album.on('view')]]);
    const end = await endOf(rpt);
    expect((await end()).status).toBe(204);
    expect((await other().alice.photos.introspect(rpt)).json()).toEqual({ active: false });
    expect(outcome(await other().shop.refresh(refreshToken))).toBe('400 invalid_grant');
    expect(outcome(await other().shop.rpt(ticket, { pct }))).toBe('403 request_submitted');
    expect(await other().asks(album)).toBe('403 request_submitted');
    // Her newer word, said at the one, counts at the other.
    await album.share(ANYONE, ['view']);
    expect(await other().asks(album)).toBe('200');
  });

  it('UG-43 nothing that the other gives at the moment of an end outlives it', async () => {
    const album = await albumAtOne();
    for (const round of ROUNDS) {
      await album.share(ANYONE, ['view']);
      const { rpt, pct } = await granted(album);
      const end = await endOf(rpt);
      const tickets = await Promise.all([1, 2, 3, 4].map(() => album.ticket('view')));
      const presenting = tickets.map((ticket) => other().shop.rpt(ticket, { pct }));
      const [ended, ...answers] = await Promise.all([end(), ...presenting]);
      expect(ended.status).toBe(204);
      const given = answers.filter(({ status }) => status === 200).map((each) => textMember(each, 200, 'access_token'));
      const left = (await Promise.all([rpt, ...given].map(worthAt))).flat(2);
      expect({ round, left, asks: await other().asks(album) }).toEqual({
        round,
        left: [],
        asks: '403 request_submitted',
      });
    }
  });

  describe('what the operator disables', () => {
    /** A command applies the settings to the database; neither server starts again. */
    const change = async (entry: [list: string, member: string, value: string], changes: Settings): Promise<void> => {
      const file = join(first.directory, 'valetkey.yaml');
      const settings = JSON.parse(await readFile(file, 'utf8')) as Settings;
      Object.assign(entryOf(settings, ...entry), changes);
      await writeFile(file, JSON.stringify(settings));
      expect((await first.runCommand(['client-secret', 'owner-app'])).code).toBe(0);
    };

    it.each<[what: string, entry: [string, string, string], refusal: string]>([
      ['account', ['accounts', 'id', 'carol'], '403 need_info'],
      ['client', ['clients', 'client_id', 'print-shop'], '401 invalid_client'],
    ])(
      'attack classes 51, 144: a disabled %s holds nothing and gets nothing at both, and all again',
      async (_what, entry, no) => {
        const album = await albumAtOne();
        const { rpt } = await granted(album);
        const both = () => Promise.all([one().asks(album), other().asks(album)]);
        expect(await both()).toEqual(['200', '200']);
        await change(entry, { enabled: false });
        await wait(REMEMBERED);
        expect(await both()).toEqual([no, no]);
        expect(await worthAt(rpt)).toEqual([[], []]);

        await change(entry, { enabled: true });
        await wait(REMEMBERED);
        expect(await worthAt(rpt)).toEqual([[album.on('view')], [album.on('view')]]);
        expect(await both()).toEqual(['200', '200']);
      },
    );
  });
});
