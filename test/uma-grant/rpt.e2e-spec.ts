import { setTimeout as wait } from 'node:timers/promises';

import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL, type ClientName, DAVE } from '../support/world.js';
import {
  type Album,
  type Alice,
  aliceOf,
  ALICES_CONNECTIONS,
  ANYONE,
  BOBS_CONNECTIONS,
  CAROLS_ACCOUNT,
  outcome,
  partnerSubject,
} from './photo-sharing.js';

const AT_OTHER_SERVICE = ALICES_CONNECTIONS.map((one) =>
  one.client === 'photo-service' ? { ...one, client: 'other-service' } : one,
);
const OPTIONS = { connections: [...ALICES_CONNECTIONS, ...BOBS_CONNECTIONS, ...AT_OTHER_SERVICE] };

describeServer('UMA grant: requesting party tokens', OPTIONS, (server) => {
  const alice = () => aliceOf(server());
  const bob = () => aliceOf(server(), 2);
  const aliceElsewhere = () => aliceOf(server(), 4);
  const shop = () => clientOf(server(), 'print-shop');
  const party = (subject = CAROL, client: ClientName = 'print-shop') => requestingParty(server(), subject, client);
  const openAlbum = async (owner: Alice = alice(), subject: object = ANYONE) => {
    const album = await owner.album('view', 'print');
    await album.share(subject, ['view', 'print']);
    return album;
  };
  const rptOn = async (album: Album, subject = CAROL, client: ClientName = 'print-shop') =>
    party(subject, client).rpt(await album.ticket('view'));

  describe('UMA Grant §3.3.5: upgrade', () => {
    it.each(['the same resource', 'another resource'])(
      'UG-40 adds permissions on %s in a new RPT, says so, and ends the old one',
      async (which) => {
        const album = await openAlbum();
        const wanted = which === 'the same resource' ? album : await openAlbum();
        const old = await rptOn(album);
        const upgraded = await party().present(await wanted.ticket('print'), { rpt: old });
        expect(upgraded.json()).toMatchObject({ upgraded: true });
        const rpt = textMember(upgraded, 200, 'access_token');
        expect(rpt).not.toBe(old);
        const expected = wanted === album ? [album.on('print', 'view')] : [album.on('view'), wanted.on('print')];
        const held = await alice().permissions(rpt);
        expect(new Set(held.map(sortedScopes))).toEqual(new Set(expected.map(sortedScopes)));
        expect(await alice().permissions(old)).toEqual([]);
      },
    );

    it('UG-40 says nothing of an upgrade where a permission of the old RPT was withdrawn in the meantime', async () => {
      const [lost, album] = [await alice().album(), await openAlbum()];
      const policy = await lost.share(ANYONE, ['view']);
      const old = await rptOn(lost);
      await alice().owner.removePolicy(policy);
      const answer = await party().present(await album.ticket('view'), { rpt: old });
      expect(answer.json()).not.toHaveProperty('upgraded');
      expect(await alice().permissions(textMember(answer, 200, 'access_token'))).toEqual([album.on('view')]);
    });

    it('UG-40 an RPT holds 250 permissions at most: the oldest are left out, and that is called no upgrade', async () => {
      const fifty = () => Promise.all(Array.from({ length: 50 }, () => openAlbum()));
      const groups: Album[][] = [];
      const upgraded: unknown[] = [];
      let rpt: string | undefined;
      for (let group = 0; group < 6; group += 1) {
        const albums = await fifty();
        groups.push(albums);
        const ticket = await alice().photos.ticket(...albums.map(({ on }) => on('view')));
        const answer = await party().present(ticket, rpt === undefined ? {} : { rpt });
        upgraded.push(answer.json()['upgraded']);
        rpt = textMember(answer, 200, 'access_token');
      }
      expect(upgraded).toEqual([undefined, true, true, true, true, undefined]);
      const held = (await alice().permissions(rpt ?? '')).map((permission) => permission.resource_id);
      const newest = groups.slice(1).flatMap((albums) => albums.map(({ id }) => id));
      expect([...held].sort()).toEqual([...newest].sort());
    });

    it('UG-40 keeps the old RPT where the upgrade is refused', async () => {
      const [album, closed] = [await openAlbum(), await alice().album()];
      const old = await rptOn(album);
      expect(outcome(await party().present(await closed.ticket('view'), { rpt: old }))).toBe('403 request_submitted');
      expect(await alice().permissions(old)).toEqual([album.on('view')]);
    });
  });

  describe('UMA Grant §3.3.1: somebody else’s rpt (attack class 143)', () => {
    it.each<[string, () => Promise<{ owner: Alice; album: Album; rpt: string }>]>([
      ['client', () => foreign(alice(), CAROL, 'other-shop')],
      ['requesting party', () => foreign(alice(), DAVE)],
      ['owner', () => foreign(bob())],
      ['resource server', () => foreign(aliceElsewhere())],
    ])('UG-41 an RPT of another %s is ignored: nothing of it is merged, told or ended', async (_what, make) => {
      const { owner, album: foreignAlbum, rpt: foreignRpt } = await make();
      const album = await openAlbum();
      const answer = await party().present(await album.ticket('view'), { rpt: foreignRpt });
      expect(answer.json()).not.toHaveProperty('upgraded');
      expect(await alice().permissions(textMember(answer, 200, 'access_token'))).toEqual([album.on('view')]);
      expect(await owner.permissions(foreignRpt)).toEqual([foreignAlbum.on('view')]);
    });

    const foreign = async (owner: Alice, subject = CAROL, client: ClientName = 'print-shop') => {
      const album = await openAlbum(owner);
      return { owner, album, rpt: await rptOn(album, subject, client) };
    };

    it('UG-41 a revoked, an invented and an unfit value are ignored in the same words', async () => {
      const album = await openAlbum();
      const granted = await party().present(await album.ticket('view'));
      const revoked = textMember(granted, 200, 'access_token');
      await shop().revoke(revoked);
      const refreshToken = textMember(granted, 200, 'refresh_token');
      const other = await openAlbum();
      for (const rpt of [
        revoked,
        `${revoked.slice(0, -1)}x`,
        'x',
        '*',
        refreshToken,
        server().connections[0]?.access_token ?? '',
      ]) {
        const answer = await party().present(await other.ticket('view'), { rpt });
        expect(answer.json()).not.toHaveProperty('upgraded');
        expect(await alice().permissions(textMember(answer, 200, 'access_token'))).toEqual([other.on('view')]);
      }
    });
  });

  describe('UMA Grant §3.5: refresh', () => {
    const grantedOn = async (...albums: Album[]) => {
      const answer = await party().present(await alice().photos.ticket(...albums.map(({ on }) => on('view', 'print'))));
      return { rpt: textMember(answer, 200, 'access_token'), refreshToken: textMember(answer, 200, 'refresh_token') };
    };

    it('UG-42 gives the same permissions in a new RPT and a new refresh token, without asking for claims', async () => {
      const album = await openAlbum();
      const { rpt, refreshToken } = await grantedOn(album);
      const refreshed = await shop().refresh(refreshToken);
      const [next, nextRefresh] = ['access_token', 'refresh_token'].map((one) => textMember(refreshed, 200, one));
      expect(next).toMatch(/^vk_rpt_/);
      expect([next, nextRefresh]).not.toEqual([rpt, refreshToken]);
      expect(await alice().permissions(next ?? '')).toEqual([album.on('view', 'print')]);
      expect(refreshed.json()).not.toHaveProperty('scope');
    });

    it('UG-42 does not assess again: claims that have become too old since do no harm', async () => {
      const album = await alice().album();
      await album.share(CAROLS_ACCOUNT, ['view', 'print'], { max_claims_age: 5 });
      const { refreshToken } = await grantedOn(album);
      await wait(5_050);
      expect(outcome(await shop().refresh(refreshToken))).toBe('200');
    });

    it('UG-42 narrows to the scopes asked for, for that RPT only, and never widens', async () => {
      const album = await openAlbum();
      const { refreshToken } = await grantedOn(album);
      expect(outcome(await shop().refresh(refreshToken, { scope: 'view download' }))).toBe('400 invalid_scope');
      const narrow = await shop().refresh(refreshToken, { scope: 'view' });
      expect(await alice().permissions(textMember(narrow, 200, 'access_token'))).toEqual([album.on('view')]);
      const full = await shop().refresh(textMember(narrow, 200, 'refresh_token'));
      expect(await alice().permissions(textMember(full, 200, 'access_token'))).toEqual([album.on('view', 'print')]);
    });

    it.each(['removed', 'replaced'])('UG-42 ends at once when a policy it rests on is %s', async (change) => {
      const album = await alice().album();
      const policy = await album.share(ANYONE, ['view', 'print']);
      const kept = await openAlbum();
      const { rpt, refreshToken } = await grantedOn(album, kept);
      if (change === 'removed') await alice().owner.removePolicy(policy);
      else {
        const narrower = { resource_id: album.id, subject: ANYONE, scopes: ['view'] };
        expect((await alice().owner.replacePolicy(policy, narrower)).status).toBe(200);
      }
      expect(outcome(await shop().refresh(refreshToken))).toBe('400 invalid_grant');
      // The RPT itself loses just what was withdrawn.
      expect(await alice().permissions(rpt)).toEqual([kept.on('view', 'print')]);
    });

    it('UG-42 goes on when the policy of somebody else on the same resource is removed', async () => {
      const album = await openAlbum(alice(), CAROLS_ACCOUNT);
      const policy = await album.share(partnerSubject(server(), DAVE), ['view']);
      const dave = await party(DAVE).present(await album.ticket('view'));
      const { refreshToken } = await grantedOn(album);
      await alice().owner.removePolicy(policy);
      expect(outcome(await shop().refresh(textMember(dave, 200, 'refresh_token')))).toBe('400 invalid_grant');
      expect(outcome(await shop().refresh(refreshToken))).toBe('200');
    });

    it('UG-42 does not give back a scope that was taken off the resource and registered again', async () => {
      const album = await openAlbum();
      const { rpt, refreshToken } = await grantedOn(album);
      for (const scopes of [['view'], ['view', 'print']])
        await alice().photos.replace(album.id, { name: 'Album', resource_scopes: scopes });
      expect(await alice().permissions(rpt)).toEqual([album.on('view')]);
      const refreshed = await shop().refresh(refreshToken);
      if (refreshed.status === 200)
        expect(await alice().permissions(textMember(refreshed, 200, 'access_token'))).toEqual([album.on('view')]);
      else expect(outcome(refreshed)).toBe('400 invalid_grant');
    });

    it('UG-42 serves its own client only', async () => {
      const { refreshToken } = await grantedOn(await openAlbum());
      expect(outcome(await clientOf(server(), 'other-shop').refresh(refreshToken))).toBe('400 invalid_grant');
      expect(outcome(await shop().refresh(refreshToken))).toBe('200');
    });

    it('UG-42 serves a public client as well, which gets its first RPT by its name alone', async () => {
      const album = await openAlbum();
      const granted = await party(DAVE, 'public-app').present(await album.ticket('view'));
      const refreshed = await clientOf(server(), 'public-app').refresh(textMember(granted, 200, 'refresh_token'));
      expect(await alice().permissions(textMember(refreshed, 200, 'access_token'))).toEqual([album.on('view')]);
    });
  });

  describe('RFC 7009: revocation by the client', () => {
    it.each([undefined, 'access_token', 'refresh_token', 'pct'])(
      'UG-43 an RPT ends, with the hint %s',
      async (hint) => {
        const album = await openAlbum();
        const granted = await party().present(await album.ticket('view'));
        const rpt = textMember(granted, 200, 'access_token');
        expect(outcome(await clientOf(server(), 'other-shop').revoke(rpt, hint))).toBe('400 unauthorized_client');
        expect(await alice().permissions(rpt)).toHaveLength(1);
        expect((await shop().revoke(rpt, hint)).status).toBe(200);
        expect((await alice().photos.introspect(rpt)).json()).toEqual({ active: false });
      },
    );

    it.each([undefined, 'refresh_token', 'pct'])(
      'UG-43 a refresh token ends, and its RPT with it, with the hint %s',
      async (hint) => {
        const album = await openAlbum();
        const granted = await party().present(await album.ticket('view'));
        const refreshToken = textMember(granted, 200, 'refresh_token');
        expect((await shop().revoke(refreshToken, hint)).status).toBe(200);
        expect(outcome(await shop().refresh(refreshToken))).toBe('400 invalid_grant');
        expect(await alice().permissions(textMember(granted, 200, 'access_token'))).toEqual([]);
      },
    );
  });
});

const sortedScopes = ({ resource_id: id, resource_scopes: scopes }: ReturnType<Album['on']>) =>
  `${id} ${[...scopes].sort().join(' ')}`;
