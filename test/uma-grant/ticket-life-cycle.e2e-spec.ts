import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { basic } from '../support/http.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL, DAVE, PHOTOS, UMA_TICKET } from '../support/world.js';
import { aliceOf, ALICES_CONNECTIONS, ANYONE, CAROLS_ACCOUNT, outcome } from './photo-sharing.js';
import { logged } from '../support/logged.js';

describeServer('UMA grant: permission tickets', { connections: ALICES_CONNECTIONS }, (server) => {
  const alice = () => aliceOf(server());
  const carol = () => requestingParty(server(), CAROL, 'print-shop');
  const shop = () => clientOf(server(), 'print-shop');
  const sharedAlbum = async () => {
    const album = await alice().album('view', 'print');
    await album.share(CAROLS_ACCOUNT, ['view', 'print']);
    return album;
  };

  describe('UMA Grant §3.3.1: single use (attack class 130)', () => {
    it('UG-50 refuses a ticket that was exchanged already, and ends its RPT and refresh token', async () => {
      const album = await sharedAlbum();
      const ticket = await album.ticket('view');
      const granted = await carol().present(ticket);
      const rpt = textMember(granted, 200, 'access_token');
      expect(await alice().permissions(rpt)).toEqual([album.on('view')]);

      const replay = await carol().present(ticket);
      expect(outcome(replay)).toBe('400 invalid_grant');
      expect(replay.json()).not.toHaveProperty('ticket');
      expect((await alice().photos.introspect(rpt)).json()).toEqual({ active: false });
      expect(outcome(await shop().refresh(textMember(granted, 200, 'refresh_token')))).toBe('400 invalid_grant');
    });

    it('UG-50 a replay of any earlier ticket ends the RPT of the process, and none of another process', async () => {
      const album = await sharedAlbum();
      const first = await album.ticket('view');
      const second = textMember(await shop().rpt(first), 403, 'ticket');
      const rpt = await carol().rpt(second);
      const other = await carol().rpt(await album.ticket('print'));

      expect(outcome(await shop().rpt(first))).toBe('400 invalid_grant');
      expect(await alice().permissions(rpt)).toEqual([]);
      expect(await alice().permissions(other)).toEqual([album.on('print')]);
    });

    it('UG-50 a replay while the process is under way uses up the ticket that came after, and no other process', async () => {
      const album = await sharedAlbum();
      const [first, other] = [await album.ticket('view'), await album.ticket('view')];
      const second = textMember(await shop().rpt(first), 403, 'ticket');
      expect(outcome(await shop().rpt(first))).toBe('400 invalid_grant');
      expect(outcome(await carol().present(second))).toBe('400 invalid_grant');
      expect(outcome(await carol().present(other))).toBe('200');
    });

    it.each(['need_info', 'request_submitted'])('UG-50 uses the ticket up with %s', async (error) => {
      const album = await alice().album();
      const ticket = await album.ticket('view');
      const present = () => (error === 'need_info' ? shop().rpt(ticket) : carol().present(ticket));
      expect(outcome(await present())).toBe(`403 ${error}`);
      expect(outcome(await present())).toBe('400 invalid_grant');
    });

    it('UG-53 ends with invalid_scope: no ticket in the answer, and the old one is used up', async () => {
      const album = await sharedAlbum();
      const ticket = await album.ticket('view');
      const refused = await carol().present(ticket, { scope: 'download' });
      expect(outcome(refused)).toBe('400 invalid_scope');
      expect(refused.json()).not.toHaveProperty('ticket');
      expect(outcome(await carol().present(ticket))).toBe('400 invalid_grant');
    });

    it('UG-53 ends with request_denied: no ticket in the answer, and the old one is used up', async () => {
      const album = await alice().album();
      const asked = textMember(await shop().rpt(await album.ticket('view')), 403, 'ticket');
      const refused = await shop().rpt(asked);
      expect(outcome(refused)).toBe('403 request_denied');
      expect(refused.json()).not.toHaveProperty('ticket');
      expect(outcome(await carol().present(asked))).toBe('400 invalid_grant');
    });

    it('UG-11, UG-12 every ticket of a process is another one, in answers that are OAuth errors and not stored', async () => {
      const album = await alice().album();
      const tickets = [await album.ticket('view')];
      for (const present of [shop().rpt, carol().present, shop().rpt]) {
        const answer = await present(tickets.at(-1) ?? '');
        expect(answer.headers).toMatchObject({
          'cache-control': 'no-store',
          'content-type': expect.stringMatching(/^application\/json/) as string,
        });
        tickets.push(textMember(answer, 403, 'ticket'));
      }
      expect(new Set(tickets).size).toBe(4);
    });
  });

  describe('UMA Grant §5.5: whose ticket it is (attack class 132)', () => {
    it('UG-51 is not used up by a client that fails to authenticate', async () => {
      const album = await sharedAlbum();
      const ticket = await album.ticket('view');
      const form = { grant_type: UMA_TICKET, ticket };
      for (const authorization of [basic('print-shop', 'wrong'), basic('nobody', 'wrong'), 'Basic !']) {
        const answer = await server().http.form('/token', form, { headers: { authorization } });
        expect(outcome(answer)).toBe('401 invalid_client');
      }
      expect(outcome(await server().http.form('/token', form))).toBe('401 invalid_client');
      expect(await alice().permissions(await carol().rpt(ticket))).toEqual([album.on('view')]);
    });

    it('UG-51 is not used up by a client that may not use the grant: unauthorized_client', async () => {
      const album = await sharedAlbum();
      const ticket = await album.ticket('view');
      expect(outcome(await clientOf(server(), 'owner-app').rpt(ticket))).toBe('400 unauthorized_client');
      await carol().rpt(ticket);
    });

    it('UG-52 the process belongs to the client that presented first: another one gets invalid_grant and ends nothing', async () => {
      const album = await sharedAlbum();
      const first = await album.ticket('view');
      const second = textMember(await shop().rpt(first), 403, 'ticket');
      const thief = requestingParty(server(), CAROL, 'other-shop');
      expect(outcome(await thief.present(second))).toBe('400 invalid_grant');
      expect(outcome(await thief.present(first))).toBe('400 invalid_grant');

      const rpt = await carol().rpt(second);
      expect(outcome(await thief.present(second))).toBe('400 invalid_grant');
      expect(await alice().permissions(rpt)).toEqual([album.on('view')]);
      await logged(server(), 'ticket_of_another_client');
    });

    it('UG-52 tells the same about a foreign ticket, an unknown one and a used one', async () => {
      const album = await sharedAlbum();
      const used = await album.ticket('view');
      const foreign = textMember(await clientOf(server(), 'other-shop').rpt(await album.ticket('view')), 403, 'ticket');
      await carol().rpt(used);
      const unknown = `${used.slice(0, -9)}AAAAAAAAA`;
      const answers = await Promise.all([used, foreign, unknown].map((ticket) => shop().rpt(ticket)));
      expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
      expect(answers.map(outcome)[0]).toBe('400 invalid_grant');
    });

    it.each([
      ['empty', '', 'invalid_request'],
      ['a word', 'ticket', 'invalid_grant'],
      ['a wildcard', '*', 'invalid_grant'],
      ['an SQL pattern', "vk_tk_%' OR '1'='1", 'invalid_grant'],
      ['a name of the language', '__proto__', 'invalid_grant'],
      ['very long', 'x'.repeat(30_000), 'invalid_grant'],
    ])('UG-54 a ticket that is %s is refused', async (_what, ticket, error) => {
      expect(outcome(await carol().present(ticket))).toBe(`400 ${error}`);
    });

    it('UG-50 takes no other value of this server for a ticket', async () => {
      const album = await sharedAlbum();
      const granted = await carol().present(await album.ticket('view'));
      for (const member of ['access_token', 'refresh_token', 'pct'])
        expect(outcome(await carol().present(textMember(granted, 200, member)))).toBe('400 invalid_grant');
      expect(await alice().permissions(textMember(granted, 200, 'access_token'))).toEqual([album.on('view')]);
    });
  });

  describe('UMA Grant §3.3.1: parameters', () => {
    it.each([
      ['claim_token alone', { claim_token: 'e30.e30.e30' }],
      ['claim_token_format alone', { claim_token_format: 'urn:ietf:params:oauth:token-type:saml2' }],
      ['claim_token with an empty format', { claim_token: 'e30.e30.e30', claim_token_format: '' }],
      ['a resource indicator, since the ticket fixes the resources', { resource: PHOTOS }],
    ])('UG-13 refuses %s with invalid_request and leaves the ticket alone', async (_what, form) => {
      const album = await sharedAlbum();
      const ticket = await album.ticket('view');
      expect(outcome(await shop().rpt(ticket, form))).toBe('400 invalid_request');
      await carol().rpt(ticket);
    });

    it.each([['ticket'], ['claim_token'], ['scope'], ['rpt'], ['pct'], ['grant_type']])(
      'refuses a repeated %s with invalid_request',
      async (name) => {
        const album = await sharedAlbum();
        const ticket = await album.ticket('view');
        const value = { ticket, grant_type: UMA_TICKET }[name] ?? 'view';
        const form: [string, string][] = [
          ['grant_type', UMA_TICKET],
          ['ticket', ticket],
          [name, value],
          [name, value],
        ];
        expect(outcome(await shop().token(form))).toBe('400 invalid_request');
        await carol().rpt(ticket);
      },
    );

    it.each(['permission', 'audience', 'resource_id', 'response_mode', 'submit_request'])(
      'gives nothing for a parameter %s of other servers (attack class 138)',
      async (name) => {
        const [open, closed] = [await sharedAlbum(), await alice().album()];
        for (const value of ['*', closed.id, `${closed.id}#view`, 'type:album', 'decision']) {
          const answer = await carol().present(await open.ticket('view'), { [name]: value });
          expect(await alice().permissions(textMember(answer, 200, 'access_token'))).toEqual([open.on('view')]);
        }
      },
    );

    it('asks for no more than the ticket names, whatever its owner shares otherwise (attack class 138)', async () => {
      const [one, other] = [await alice().album(), await alice().album()];
      await one.share(ANYONE, ['view', 'print']);
      await other.share(ANYONE, ['view', 'print']);
      const dave = requestingParty(server(), DAVE, 'print-shop');
      expect(await alice().permissions(await dave.rpt(await one.ticket('view')))).toEqual([one.on('view')]);
    });
  });
});
