import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { clientOf, pushed } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { createIdentityProvider } from '../support/identity-provider.js';
import { requestingParty, textMember } from '../support/uma.js';
import { CAROL, DAVE, type Settings } from '../support/world.js';
import { aliceOf, ALICES_CONNECTIONS, ANYONE, entryOf, outcome, reconfigure } from './photo-sharing.js';
import { logged } from '../support/logged.js';

const CONNECTIONS = [
  ...ALICES_CONNECTIONS,
  { account: 'bob', client: 'signed-shop', scope: 'photos.read', count: 2 },
  { account: 'bob', client: 'print-shop', scope: 'photos.read' },
];

/** What people hold ends with the account or the issuer that they are known by, at once and on every server. */
describeServer('UMA grant: parties that were disabled', { connections: CONNECTIONS }, (server) => {
  const alice = () => aliceOf(server());
  const shop = () => clientOf(server(), 'print-shop');
  const carol = () => requestingParty(server(), CAROL, 'print-shop');
  const dave = () => requestingParty(server(), DAVE, 'print-shop');
  type Entry = [list: string, member: string, value: string];
  const carolsAccount: Entry = ['accounts', 'id', 'carol'];
  const bobsAccount: Entry = ['accounts', 'id', 'bob'];
  const partner = (): Entry => ['trusted_issuers', 'issuer', server().world.partner.issuer];

  /** Applies changed settings: on PostgreSQL by a command beside the server, which runs on; on SQLite by a new start. */
  const change = async (...changes: readonly (readonly [Entry, Settings])[]): Promise<void> => {
    const file = join(server().directory, 'valetkey.yaml');
    const settings = JSON.parse(await readFile(file, 'utf8')) as Settings;
    for (const [entry, members] of changes) Object.assign(entryOf(settings, ...entry), members);
    await writeFile(file, JSON.stringify(settings));
    if (!existsSync(join(server().directory, 'database-url'))) return server().restart();
    expect((await server().runCommand(['client-secret', 'owner-app'])).code).toBe(0);
  };
  const granted = async (party = carol()) => {
    const album = await alice().album();
    await album.share(ANYONE, ['view']);
    const answer = await party.present(await album.ticket('view'));
    const [rpt, refreshToken] = ['access_token', 'refresh_token'].map((member) => textMember(answer, 200, member));
    return { album, rpt: rpt ?? '', refreshToken: refreshToken ?? '' };
  };
  const stateOf = async (rpt: string) => (await alice().photos.introspect(rpt)).json();

  describe('accounts that are disabled, and enabled again', () => {
    const [revoked, kept, opaque] = [2, 3, 4].map((index) => () => server().connections[index]?.access_token ?? '');
    const areActive = () =>
      Promise.all(
        [revoked, kept, opaque].map(async (token) => {
          const answer = await clientOf(server(), 'photo-service').introspect(token?.() ?? '');
          return answer.json().active;
        }),
      );
    const otherShop = () => clientOf(server(), 'other-shop');
    const prepare = async () => ({
      hers: await granted(),
      theirs: await granted(dave()),
      ended: await granted(requestingParty(server(), CAROL, 'other-shop')),
    });
    let held: Awaited<ReturnType<typeof prepare>>;
    beforeAll(async () => {
      held = await prepare();
      expect(await areActive()).toEqual([true, true, true]);
      expect((await clientOf(server(), 'signed-shop').revoke(revoked?.() ?? '')).status).toBe(200);
      const { grant_id: grantId } = await stateOf(held.ended.rpt);
      await change([carolsAccount, { enabled: false }], [bobsAccount, { enabled: false }]);
      const authorization = await alice().owner.get(`authorizations/${String(grantId)}`);
      expect(authorization.json()).toMatchObject({ state: 'suspended' });
      expect((await alice().owner.endAuthorization(String(grantId))).status).toBe(204);
    });

    it('attack class 51: a requesting party whose account is disabled holds nothing, and others all of theirs', async () => {
      const { hers, theirs } = held;
      expect(await stateOf(hers.rpt)).toEqual({ active: false });
      expect(outcome(await shop().refresh(hers.refreshToken))).toBe('400 invalid_grant');
      expect(await alice().permissions(theirs.rpt)).toEqual([theirs.album.on('view')]);
      // IR-09: operators read why.
      await logged(server(), '"reason":"authorization_suspended"');
    });

    it('IR-32 JWT access tokens rest likewise', async () => {
      expect(await areActive()).toEqual([false, false, false]);
    });

    describe('enabled again', () => {
      beforeAll(async () => {
        await change([carolsAccount, { enabled: true }], [bobsAccount, { enabled: true }]);
        // Clients are remembered for half a second, and so is who is trusted: nothing of that may bring a token back.
        await wait(600);
      });

      it('attack class 51: she holds all of it again', async () => {
        expect(await alice().permissions(held.hers.rpt)).toEqual([held.hers.album.on('view')]);
        expect(outcome(await shop().refresh(held.hers.refreshToken))).toBe('200');
      });

      it('what the owner ended while it rested does not come back', async () => {
        expect(await stateOf(held.ended.rpt)).toEqual({ active: false });
        expect(outcome(await otherShop().refresh(held.ended.refreshToken))).toBe('400 invalid_grant');
      });

      it('IR-32 a JWT access token that was revoked stays revoked', async () => {
        expect(await areActive()).toEqual([false, true, true]);
      });
    });
  });

  it('attack class 50: what rests on the word of an issuer ends when that is not trusted any more, and rests until it is', async () => {
    const [hers, theirs] = [await granted(), await granted(dave())];
    await change([partner(), { enabled: false }]);
    for (const { rpt, refreshToken } of [hers, theirs]) {
      expect(await stateOf(rpt)).toEqual({ active: false });
      expect(outcome(await shop().refresh(refreshToken))).toBe('400 invalid_grant');
    }
    await change([carolsAccount, { enabled: false }], [partner(), { enabled: true }]);
    expect(await stateOf(hers.rpt)).toEqual({ active: false });
    expect(await alice().permissions(theirs.rpt)).toEqual([theirs.album.on('view')]);
    await change([carolsAccount, { enabled: true }]);
    expect(await alice().permissions(hers.rpt)).toEqual([hers.album.on('view')]);
  });

  it('attack class 50: rests when any issuer is disabled whose word led to it; she begins anew by another one’s', async () => {
    const second = await createIdentityProvider('https://university.example');
    await reconfigure(server(), (settings) => {
      (settings.trusted_issuers as Settings[]).push({ issuer: second.issuer, name: 'University', jwks: second.jwks });
      (entryOf(settings, ...carolsAccount).identities as Settings[]).push({ issuer: second.issuer, subject: 's-17' });
    });
    const byPartner = await granted();
    const album = await alice().album();
    await album.share({ type: 'claim', issuer: second.issuer, claim: 'student', value: 'true' }, ['view']);
    const token = await second.idToken({ subject: 's-17', audience: server().issuer, claims: { student: true } });
    const answer = await shop().rpt(await album.ticket('view'), pushed(token));
    const [rpt, refreshToken] = ['access_token', 'refresh_token'].map((one) => textMember(answer, 200, one));
    // One person, one record, whoever vouches for her.
    expect((await stateOf(rpt ?? '')).grant_id).toBe((await stateOf(byPartner.rpt)).grant_id);

    const university: Entry = ['trusted_issuers', 'issuer', second.issuer];
    await change([university, { enabled: false }]);
    expect(await stateOf(rpt ?? '')).toEqual({ active: false });
    expect(outcome(await shop().refresh(refreshToken ?? ''))).toBe('400 invalid_grant');
    const anew = await granted();
    expect(await alice().permissions(anew.rpt)).toEqual([anew.album.on('view')]);

    await change([university, { enabled: true }]);
    expect(await alice().permissions(anew.rpt)).toEqual([anew.album.on('view')]);
    expect(await stateOf(rpt ?? '')).toEqual({ active: false });
    const { items } = (await alice().owner.authorizations()).json<{ items: { requesting_party?: Settings }[] }>();
    expect(items.filter(({ requesting_party: party }) => party?.account_id === 'carol')).toHaveLength(1);
  });
});
