import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { createIdentityProvider } from '../support/identity-provider.js';
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

/** What holds after the operator has changed the settings and started the server again. */
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
  const change = (entry: [list: string, member: string, value: string], changes: Settings) =>
    reconfigure(server(), (settings) => Object.assign(entryOf(settings, ...entry), changes));
  const grantedOn = async (album: Album) => {
    const granted = await carol().present(await album.ticket('view'));
    const [rpt = '', refreshToken = '', pct = ''] = ['access_token', 'refresh_token', 'pct'].map((member) =>
      textMember(granted, 200, member),
    );
    return { rpt, refreshToken, pct };
  };

  it('UG-30 gives the permitted part where the resource server allows it, and never nothing', async () => {
    const [open, closed] = [await openAlbum(), await alice().album()];
    const both = () => alice().photos.ticket(open.on('view', 'print'), closed.on('view'));
    expect(outcome(await carol().present(await both()))).toBe('403 request_submitted');

    await change(['resource_servers', 'client_id', 'photo-service'], { partial_grant: true });
    expect(await alice().permissions(await carol().rpt(await both()))).toEqual([open.on('view')]);
    expect(outcome(await carol().present(await closed.ticket('view')))).toBe('403 request_submitted');
    expect(outcome(await carol().present(await open.ticket('print')))).toBe('403 request_submitted');
    expect(outcome(await shop().rpt(await both()))).toBe('403 need_info');
  });

  it('attack class 151: what a disabled owner gave is dead, and rests until she is enabled again', async () => {
    const album = await openAlbum(bob());
    const held = await grantedOn(album);
    const ticket = await album.ticket('view');
    await change(['accounts', 'id', 'bob'], { enabled: false });
    expect((await bob().photos.introspect(held.rpt)).status).toBe(401);
    expect((await bob().owner.requests()).status).toBe(401);
    expect(outcome(await shop().refresh(held.refreshToken))).toBe('400 invalid_grant');
    expect(outcome(await carol().present(ticket))).toBe('403 request_denied');

    await change(['accounts', 'id', 'bob'], { enabled: true });
    expect(await bob().permissions(held.rpt)).toEqual([album.on('view')]);
    expect(outcome(await shop().refresh(held.refreshToken))).toBe('200');
  });

  it('attack class 151: an owner whom the settings no longer name gives nothing', async () => {
    const album = await openAlbum(bob());
    const ticket = await album.ticket('view');
    const held = await grantedOn(album);
    await reconfigure(server(), (settings) => {
      settings.accounts = (settings.accounts as Settings[]).filter(({ id }) => id !== 'bob');
    });
    expect(outcome(await carol().present(ticket))).toBe('403 request_denied');
    expect(outcome(await shop().refresh(held.refreshToken))).toBe('400 invalid_grant');
  });

  it('attack class 144: a disabled client gets nothing, and what it holds is worth nothing', async () => {
    const album = await openAlbum();
    const held = await grantedOn(album);
    const ticket = await album.ticket('view');
    await change(['clients', 'client_id', 'print-shop'], { enabled: false });
    expect(await alice().permissions(held.rpt)).toEqual([]);
    expect(outcome(await carol().present(ticket))).toBe('401 invalid_client');
    expect(outcome(await shop().refresh(held.refreshToken))).toBe('401 invalid_client');

    await change(['clients', 'client_id', 'print-shop'], { enabled: true });
    expect(await alice().permissions(held.rpt)).toEqual([album.on('view')]);
    // The refused presentation has not used the ticket up.
    expect(outcome(await carol().present(ticket))).toBe('200');
  });

  it('UG-34 a link that was taken off an account counts no more, in old claims neither', async () => {
    const album = await openAlbum(alice(), CAROLS_ACCOUNT);
    const { pct } = await grantedOn(album);
    const identities = [{ issuer: server().world.partner.issuer, subject: CAROL }];
    await change(['accounts', 'id', 'carol'], { identities: [] });
    expect(outcome(await shop().rpt(await album.ticket('view'), { pct }))).toBe('403 request_submitted');
    expect(outcome(await carol().present(await album.ticket('view')))).toBe('403 request_submitted');
    await change(['accounts', 'id', 'carol'], { identities });
    expect(outcome(await shop().rpt(await album.ticket('view'), { pct }))).toBe('200');
  });

  describe('UG-34 what an owner ended stays so for the person, however her links to accounts change', () => {
    const identity = (subject: string) => ({ issuer: server().world.partner.issuer, subject });
    /** Makes these accounts, with these links, and no others for their identities. */
    const link = (links: Readonly<Record<string, readonly object[]>>) =>
      reconfigure(server(), (settings) => {
        const accounts = settings.accounts as Settings[];
        for (const [id, identities] of Object.entries(links)) {
          if (!accounts.some((one) => one.id === id)) accounts.push({ id, username: id, name: 'Somebody' });
          Object.assign(entryOf(settings, 'accounts', 'id', id), { identities });
        }
      });
    const ends = async (rpt: string) => {
      const { grant_id: id } = (await alice().photos.introspect(rpt)).json<{ grant_id: string }>();
      expect((await alice().owner.endAuthorization(id)).status).toBe(204);
    };
    const asks = async (album: Album, subject = CAROL) =>
      outcome(await requestingParty(server(), subject, 'print-shop').present(await album.ticket('view')));

    it('taken off: an old policy for anyone gives nothing, a newer one does', async () => {
      const album = await openAlbum();
      const { rpt, pct } = await grantedOn(album);
      await ends(rpt);
      expect(await asks(album)).toBe('403 request_submitted');
      await link({ carol: [] });
      expect(await asks(album)).toBe('403 request_submitted');
      expect(outcome(await shop().rpt(await album.ticket('view'), { pct }))).toBe('403 request_submitted');
      await album.share(partnerSubject(server(), CAROL), ['view']);
      expect(await asks(album)).toBe('200');
      await link({ carol: [identity(CAROL)] });
    });

    it('moved to another account: an old policy that names the identity gives nothing, nor one for that account', async () => {
      const album = await openAlbum(alice(), partnerSubject(server(), CAROL));
      await album.share({ type: 'account', account_id: 'carol2' }, ['view']);
      await ends((await grantedOn(album)).rpt);
      await link({ carol: [], carol2: [identity(CAROL)] });
      expect(await asks(album)).toBe('403 request_submitted');
      await link({ carol2: [], carol: [identity(CAROL)] });
      expect(await asks(album)).toBe('403 request_submitted');
    });

    it('made afterwards: the account gets nothing by an old policy that its identity had lost', async () => {
      const [album, erin] = [await openAlbum(), 'erin-3'];
      const rpt = await requestingParty(server(), erin, 'print-shop').rpt(await album.ticket('view'));
      await ends(rpt);
      await link({ erin: [identity(erin), identity('erin-4')] });
      expect(await asks(album, erin)).toBe('403 request_submitted');
      expect(await asks(album, 'erin-4')).toBe('403 request_submitted');
      await link({ erin: [identity('erin-4')] });
      expect(await asks(album, 'erin-4')).toBe('200');
    });
  });

  it('attack class 139: an issuer that is trusted no more is not believed, in old claims neither', async () => {
    const [album, closed] = [await openAlbum(), await alice().album()];
    const { pct } = await grantedOn(album);
    const submitted = textMember(await carol().present(await closed.ticket('view')), 403, 'ticket');
    await closed.share(ANYONE, ['view']);
    const issuer: [string, string, string] = ['trusted_issuers', 'issuer', server().world.partner.issuer];
    await change(issuer, { enabled: false });
    expect(outcome(await carol().present(await album.ticket('view')))).toBe('403 request_denied');
    expect(outcome(await shop().rpt(await album.ticket('view'), { pct }))).toBe('403 request_denied');
    // Claims that an earlier step of the process has gathered are no better. The wait for the owner is over by now or not.
    expect(outcome(await shop().rpt(submitted))).toMatch(/^403 request_(denied|submitted)$/);
    await change(issuer, { enabled: true });
    expect(outcome(await shop().rpt(await album.ticket('view'), { pct }))).toBe('200');
  });

  describe('UG-31 with two trusted issuers', () => {
    it('asks for each where it could help, once in a process, then goes to the owner', async () => {
      const second = await createIdentityProvider('https://university.example');
      await reconfigure(server(), (settings) =>
        (settings.trusted_issuers as Settings[]).push({ issuer: second.issuer, name: 'University', jwks: second.jwks }),
      );
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
});
