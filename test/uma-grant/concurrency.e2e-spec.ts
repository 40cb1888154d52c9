import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import type { Answer } from '../support/http.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL, DAVE } from '../support/world.js';
import { type Album, aliceOf, ALICES_CONNECTIONS, ANYONE, CAROLS_ACCOUNT, outcome } from './photo-sharing.js';

const RACERS = 100;
const PARALLEL = 50;

const times = (count: number) => Array.from({ length: count }, (_, index) => index);

/** How often each outcome came, such as `{ '200': 1, '400 invalid_grant': 99 }`. */
function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const what of answers.map(outcome)) counts[what] = (counts[what] ?? 0) + 1;
  return counts;
}

describeServer(
  'UMA grant: concurrent presentations (attack class 131)',
  { connections: ALICES_CONNECTIONS },
  (server) => {
    const alice = () => aliceOf(server());
    const shop = () => clientOf(server(), 'print-shop');
    const sharedAlbum = async (...scopes: string[]) => {
      const album = await alice().album(...scopes);
      await album.share(ANYONE, scopes);
      return album;
    };
    const grantIdsOf = async (rpts: readonly string[]) => {
      const answers = await Promise.all(rpts.map((rpt) => alice().photos.introspect(rpt)));
      return new Set(answers.map((answer) => textMember(answer, 200, 'grant_id')));
    };

    it('UG-55 of a hundred presentations of one ticket exactly one wins, and its RPT ends with the replays', async () => {
      const album = await sharedAlbum('view');
      const first = await requestingParty(server(), DAVE, 'print-shop').present(await album.ticket('view'));
      const pct = textMember(first, 200, 'pct');
      const ticket = await album.ticket('view');

      const answers = await Promise.all(times(RACERS).map(() => shop().rpt(ticket, { pct })));
      expect(tally(answers)).toEqual({ '200': 1, '400 invalid_grant': RACERS - 1 });
      const [winner] = answers.filter(({ status }) => status === 200);
      expect(winner && (await alice().permissions(textMember(winner, 200, 'access_token')))).toEqual([]);
      expect(await alice().permissions(textMember(first, 200, 'access_token'))).toEqual([album.on('view')]);
    });

    it('UG-55 gives one new ticket only where claims are missing', async () => {
      const album = await alice().album();
      for (const round of times(3)) {
        const ticket = await album.ticket('view');
        // While the server is busy the presentations pile up before it, so that it finds several at once.
        const others = times(RACERS).map(() => album.ticket('view'));
        const answers = await Promise.all(times(20).map(() => shop().rpt(ticket)));
        await Promise.all(others);
        expect({ round, ...tally(answers) }).toEqual({ round, '403 need_info': 1, '400 invalid_grant': 19 });
      }
    });

    it('UG-55, UG-52 binds a ticket that two clients present at once to one of them', async () => {
      const album = await sharedAlbum('view');
      const ticket = await album.ticket('view');
      const clients = times(20).map((index) => (index % 2 === 0 ? 'print-shop' : 'other-shop'));
      const answers = await Promise.all(
        clients.map((client) => requestingParty(server(), CAROL, client).present(ticket)),
      );
      expect(tally(answers)).toEqual({ '200': 1, '400 invalid_grant': 19 });
    });

    it('accepts one ID token once, however many tickets it is pushed with at the same time (attack class 93)', async () => {
      const album = await sharedAlbum('view');
      const tickets = await Promise.all(times(20).map(() => album.ticket('view')));
      const idToken = await server().world.partner.idToken({ subject: DAVE, audience: server().issuer });
      const answers = await Promise.all(tickets.map((ticket) => shop().rpt(ticket, pushed(idToken))));
      expect(tally(answers)).toEqual({ '200': 1, '403 need_info': 19 });
    });

    describe('fifty tickets of one party at once', () => {
      const presentAll = async (subject: string, tickets: readonly Promise<string>[]) => {
        const party = requestingParty(server(), subject, 'print-shop');
        const values = await Promise.all(tickets);
        const answers = await Promise.all(values.map((ticket) => party.present(ticket)));
        expect(tally(answers)).toEqual({ '200': values.length });
        return answers.map((answer) => textMember(answer, 200, 'access_token'));
      };
      const expectOneRecord = async (rpts: readonly string[], albums: readonly Album[]) => {
        expect((await grantIdsOf(rpts)).size).toBe(1);
        const held = await Promise.all(rpts.map((rpt) => alice().permissions(rpt)));
        const ids = new Set(held.flat().map((permission) => permission.resource_id));
        expect(ids).toEqual(new Set(albums.map(({ id }) => id)));
        expect(held.every((permissions) => permissions.length === 1)).toBe(true);
      };

      it('succeed for one album, under one authorization', async () => {
        const album = await sharedAlbum('view');
        const rpts = await presentAll(
          'erin-3',
          times(PARALLEL).map(() => album.ticket('view')),
        );
        await expectOneRecord(rpts, [album]);
      });

      it('succeed for ten albums, under one authorization', async () => {
        const albums = await Promise.all(times(10).map(() => sharedAlbum('view')));
        const tickets = times(PARALLEL / 10).flatMap(() => albums.map((album) => album.ticket('view')));
        await expectOneRecord(await presentAll('frank-4', tickets), albums);
      });

      it('succeed for ten scopes of one album, under one authorization', async () => {
        const scopes = times(10).map((index) => `scope-${index}`);
        const album = await sharedAlbum(...scopes);
        const tickets = times(PARALLEL / 10).flatMap(() => scopes.map((scope) => album.ticket(scope)));
        await expectOneRecord(await presentAll('grace-5', tickets), [album]);
      });
    });

    it('never keeps an RPT that a policy withdrawn at the same time permitted', async () => {
      const album = await alice().album('view');
      const carol = requestingParty(server(), CAROL, 'print-shop');
      for (const round of times(5)) {
        const policy = await album.share(CAROLS_ACCOUNT, ['view']);
        const tickets = await Promise.all(times(8).map(() => album.ticket('view')));
        const presenting = tickets.map((ticket) => carol.present(ticket));
        const [removal, ...answers] = await Promise.all([alice().owner.removePolicy(policy), ...presenting]);
        expect(removal.status).toBe(204);
        const rpts = answers.filter(({ status }) => status === 200).map((one) => textMember(one, 200, 'access_token'));
        const left = await Promise.all(rpts.map((rpt) => alice().permissions(rpt)));
        expect({ round, left: left.flat() }).toEqual({ round, left: [] });
      }
    });
  },
);
