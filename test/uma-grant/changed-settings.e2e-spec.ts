import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { createIdentityProvider, type IdentityProvider } from '../support/identity-provider.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL, DAVE, type Settings } from '../support/world.js';
import {
  type Album,
  aliceOf,
  ALICES_CONNECTIONS,
  ANYONE,
  BOBS_CONNECTIONS,
  CAROLS_ACCOUNT,
  entryOf,
  outcome,
  partnerSubject,
  reconfigure,
} from './photo-sharing.js';

const OPTIONS = { connections: [...ALICES_CONNECTIONS, ...BOBS_CONNECTIONS] };
const [OLGA, PETRA, ERIN] = ['olga-1', 'petra-2', 'erin-3'];

/**
 * What holds after the operator has changed the settings and started the server again: twice in all, so each change is about
 * people of its own. What is taken away and comes back is in `security/lost-ground`.
 */
describeServer('UMA grant: changed settings', OPTIONS, (server) => {
  const alice = () => aliceOf(server());
  const bob = () => aliceOf(server(), 2);
  const shop = () => clientOf(server(), 'print-shop');
  const carol = () => requestingParty(server(), CAROL, 'print-shop');
  const openAlbum = async (owner = alice(), subject: object = ANYONE) => {
    const album = await owner.album();
    await album.share(subject, ['view']);
    return album;
  };
  const grantedOn = async (album: Album, subject = CAROL) => {
    const party = requestingParty(server(), subject, 'print-shop');
    const granted = await party.present(await album.ticket('view'));
    const [rpt = '', refreshToken = '', pct = ''] = ['access_token', 'refresh_token', 'pct'].map((member) =>
      textMember(granted, 200, member),
    );
    return { rpt, refreshToken, pct };
  };
  /** An album on which the person got something that alice has ended. */
  const endedOn = async (album: Album, subject: string) => {
    const held = await grantedOn(album, subject);
    const { grant_id: id } = (await alice().photos.introspect(held.rpt)).json<{ grant_id: string }>();
    expect((await alice().owner.endAuthorization(id)).status).toBe(204);
    return { album, ...held };
  };
  const asks = async (album: Album, subject: string) =>
    outcome(await requestingParty(server(), subject, 'print-shop').present(await album.ticket('view')));
  const identity = (subject: string) => ({ issuer: server().world.partner.issuer, subject });
  /** Makes these accounts, with these links, and no others for their identities. */
  const link = (settings: Settings, links: Readonly<Record<string, readonly object[]>>) => {
    const accounts = settings.accounts as Settings[];
    for (const [id, identities] of Object.entries(links)) {
      if (!accounts.some((one) => one.id === id)) accounts.push({ id, username: id, name: 'Somebody' });
      Object.assign(entryOf(settings, 'accounts', 'id', id), { identities });
    }
  };

  /** What there is before the first change. */
  const prepare = async () => {
    await reconfigure(server(), (settings) => link(settings, { olga: [identity(OLGA)], petra: [identity(PETRA)] }));
    const [open, closed, bobs] = [await openAlbum(), await alice().album(), await openAlbum(bob())];
    const bobsTicket = await bobs.ticket('view');
    const petras = await openAlbum(alice(), partnerSubject(server(), PETRA));
    await petras.share({ type: 'account', account_id: 'petra2' }, ['view']);
    return {
      open,
      closed,
      bobs: { ticket: bobsTicket, ...(await grantedOn(bobs)) },
      olga: await endedOn(await openAlbum(), OLGA),
      petra: await endedOn(petras, PETRA),
      erin: await endedOn(await openAlbum(), ERIN),
    };
  };
  let before: Awaited<ReturnType<typeof prepare>>;
  beforeAll(async () => {
    before = await prepare();
  });

  it('UG-30, UG-34 before the changes: both or none is given, and what was ended is not given again', async () => {
    const { open, closed, olga, petra, erin } = before;
    const both = await alice().photos.ticket(open.on('view', 'print'), closed.on('view'));
    expect(outcome(await carol().present(both))).toBe('403 request_submitted');
    expect(await asks(olga.album, OLGA)).toBe('403 request_submitted');
    expect(await asks(petra.album, PETRA)).toBe('403 request_submitted');
    expect(await asks(erin.album, ERIN)).toBe('403 request_submitted');
  });

  describe('after the first change', () => {
    let second: IdentityProvider;
    beforeAll(async () => {
      second = await createIdentityProvider('https://university.example');
      await reconfigure(server(), (settings) => {
        Object.assign(entryOf(settings, 'resource_servers', 'client_id', 'photo-service'), { partial_grant: true });
        settings.accounts = (settings.accounts as Settings[]).filter(({ id }) => id !== 'bob');
        link(settings, { olga: [], petra: [], petra2: [identity(PETRA)], erin: [identity(ERIN), identity('erin-4')] });
        const university = { issuer: second.issuer, name: 'University', jwks: second.jwks };
        (settings.trusted_issuers as Settings[]).push(university);
      });
    });

    it('UG-30 gives the permitted part where the resource server allows it, and never nothing', async () => {
      const { open, closed } = before;
      const both = () => alice().photos.ticket(open.on('view', 'print'), closed.on('view'));
      expect(await alice().permissions(await carol().rpt(await both()))).toEqual([open.on('view')]);
      expect(outcome(await carol().present(await closed.ticket('view')))).toBe('403 request_submitted');
      expect(outcome(await carol().present(await open.ticket('print')))).toBe('403 request_submitted');
      expect(outcome(await shop().rpt(await both()))).toBe('403 need_info');
    });

    it('attack class 151: an owner whom the settings no longer name gives nothing', async () => {
      expect(outcome(await carol().present(before.bobs.ticket))).toBe('403 request_denied');
      expect(outcome(await shop().refresh(before.bobs.refreshToken))).toBe('400 invalid_grant');
    });

    it('UG-34 a link that was taken off: an old policy for anyone gives nothing of what was ended, a newer one does', async () => {
      const { album, pct } = before.olga;
      expect(await asks(album, OLGA)).toBe('403 request_submitted');
      expect(outcome(await shop().rpt(await album.ticket('view'), { pct }))).toBe('403 request_submitted');
      await album.share(partnerSubject(server(), OLGA), ['view']);
      expect(await asks(album, OLGA)).toBe('200');
    });

    it('UG-34 a link that moved to another account: an old policy that names the identity gives nothing, nor one for that account', async () => {
      expect(await asks(before.petra.album, PETRA)).toBe('403 request_submitted');
    });

    it('UG-34 an account made afterwards gets nothing by an old policy that its identity had lost', async () => {
      expect(await asks(before.erin.album, ERIN)).toBe('403 request_submitted');
      expect(await asks(before.erin.album, 'erin-4')).toBe('403 request_submitted');
    });

    it('UG-31 with two trusted issuers asks for each where it could help, once in a process, then goes to the owner', async () => {
      const [first] = [server().world.partner.issuer];
      const student = { type: 'claim', issuer: second.issuer, claim: 'student', value: 'true' };
      const album = await openAlbum(alice(), student);
      const askedFor = (answer: { json<T>(): T }) =>
        answer.json<{ required_claims?: { issuer: string[] }[] }>().required_claims?.[0]?.issuer;

      const unknown = await shop().rpt(await album.ticket('view'));
      expect(new Set(askedFor(unknown))).toEqual(new Set([first, second.issuer]));

      const one = await carol().present(await album.ticket('view'));
      expect([outcome(one), askedFor(one)]).toEqual(['403 need_info', [second.issuer]]);
      expect(outcome(await shop().rpt(textMember(one, 403, 'ticket')))).toBe('403 request_submitted');

      const two = textMember(await carol().present(await album.ticket('view')), 403, 'ticket');
      const claims = { student: true };
      const token = await second.idToken({ subject: 's-17', audience: server().issuer, claims });
      const granted = await shop().rpt(two, pushed(token));
      expect(await alice().permissions(textMember(granted, 200, 'access_token'))).toEqual([album.on('view')]);

      // Equal subjects of two issuers are two people (attack class 84).
      const daves = await openAlbum(alice(), partnerSubject(server(), DAVE));
      const namesake = await second.idToken({ subject: DAVE, audience: server().issuer });
      expect(outcome(await shop().rpt(await daves.ticket('view'), pushed(namesake)))).toBe('403 need_info');
      const carolsAlbum = await openAlbum(alice(), CAROLS_ACCOUNT);
      const likeCarol = await second.idToken({ subject: CAROL, audience: server().issuer });
      expect(outcome(await shop().rpt(await carolsAlbum.ticket('view'), pushed(likeCarol)))).toBe('403 need_info');
      const inTheNameOfTheFirst = await second.idToken({
        subject: CAROL,
        audience: server().issuer,
        claims: { iss: first },
      });
      const forged = await shop().rpt(await carolsAlbum.ticket('view'), pushed(inTheNameOfTheFirst));
      expect(outcome(forged)).toBe('403 need_info');
      expect(forged.json()).not.toHaveProperty('pct');
    });
  });

  describe('after the second change', () => {
    beforeAll(() =>
      reconfigure(server(), (settings) =>
        link(settings, { petra: [identity(PETRA)], petra2: [], erin: [identity('erin-4')] }),
      ),
    );

    it('UG-34 a link that moved back brings nothing back that was ended', async () => {
      expect(await asks(before.petra.album, PETRA)).toBe('403 request_submitted');
    });

    it('UG-34 an account without the identity that lost something gets what it may', async () => {
      expect(await asks(before.erin.album, 'erin-4')).toBe('200');
    });
  });
});
