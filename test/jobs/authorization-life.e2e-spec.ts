import { randomUUID } from 'node:crypto';

import { clientOf } from '../support/client.js';
import { changeStored } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { jobsDone } from '../support/eventually.js';
import { requestingParty, textMember } from '../support/uma.js';
import type { Settings } from '../support/world.js';
import { type Album, aliceOf, ALICES_CONNECTIONS, ANYONE, outcome, reconfigure } from '../uma-grant/photo-sharing.js';

const DAY = 86_400_000;
const OPTIONS = { config: { jobs: { expire_every: '200ms' } }, connections: ALICES_CONNECTIONS };

/** From the first permission to the moment when nobody needs to know any more. */
describeServer('the life of an authorization', OPTIONS, (server) => {
  const alice = () => aliceOf(server());
  const somebody = () => randomUUID();
  const asks = async (subject: string, album: Album) =>
    requestingParty(server(), subject, 'print-shop').present(await album.ticket('view'));
  const granted = async (album: Album, subject = somebody()) => {
    const answer = await asks(subject, album);
    const [rpt, refreshToken] = ['access_token', 'refresh_token'].map((member) => textMember(answer, 200, member));
    const { grant_id: grantId } = (await alice().photos.introspect(rpt ?? '')).json<{ grant_id: string }>();
    return { refreshToken: refreshToken ?? '', rpt: rpt ?? '', grantId };
  };
  const shown = (grantId: string) => alice().owner.get(`authorizations/${grantId}`);
  const listed = async () =>
    (await alice().owner.authorizations()).json<{ items: { grant_id: string }[] }>().items.map((one) => one.grant_id);
  /** Changes what is stored, then lets the job come by. */
  const later = async (...statements: string[]): Promise<void> => {
    await changeStored(server(), ...statements);
    await jobsDone(server());
  };
  const older = (table: string, column: string) => `UPDATE ${table} SET ${column} = ${column} - ${100 * DAY}`;
  const SHARED = `WHERE origin = 'uma'`;

  it('expires with the last of its permissions: it is listed no more, and known by its names and times', async () => {
    const album = await alice().album();
    await album.share(ANYONE, ['view'], { expires_at: new Date(Date.now() + DAY).toISOString() });
    const subject = somebody();
    const { rpt, refreshToken, grantId } = await granted(album, subject);
    await later(`UPDATE authorization_permission SET expires_at = expires_at - ${2 * DAY}`);
    expect((await alice().photos.introspect(rpt)).json()).toEqual({ active: false });
    expect(outcome(await clientOf(server(), 'print-shop').refresh(refreshToken))).toBe('400 invalid_grant');
    expect(await listed()).not.toContain(grantId);
    expect((await shown(grantId)).json()).toMatchObject({
      state: 'expired',
      client: { name: 'Print shop' },
      requesting_party: { subject },
      ended_at: expect.stringMatching(/^20\d\d-/) as string,
      resources: [],
    });
    // That was nobody's word against it: the policy, which goes on, gives a new one.
    const again = await granted(album, subject);
    expect(again.grantId).not.toBe(grantId);
    expect(await alice().permissions(again.rpt)).toEqual([album.on('view')]);
  });

  it('expires, too, when every policy behind it was taken back', async () => {
    const album = await alice().album();
    const policy = await album.share(ANYONE, ['view']);
    const { grantId } = await granted(album);
    await alice().owner.removePolicy(policy);
    await jobsDone(server());
    expect((await shown(grantId)).json()).toMatchObject({ state: 'expired' });
  });

  it('ended by the owner, it outranks older policies for as long as there are any, however long that is', async () => {
    const album = await alice().album();
    const policy = await album.share(ANYONE, ['view']);
    const subject = somebody();
    const { grantId } = await granted(album, subject);
    expect((await alice().owner.endAuthorization(grantId)).status).toBe(204);
    await later(
      `${older('authorization_record', 'ended_at')} ${SHARED} AND ended_at IS NOT NULL`,
      older('policy', 'updated_at'),
    );
    expect((await shown(grantId)).json()).toMatchObject({ state: 'revoked', resources: [] });
    expect(outcome(await asks(subject, album))).toBe('403 request_submitted');

    // Her newer word: now nothing is outranked any more, and the record is forgotten.
    const again = { resource_id: album.id, subject: ANYONE, scopes: ['view'] };
    expect((await alice().owner.replacePolicy(policy, again)).status).toBe(200);
    await later(`DELETE FROM policy WHERE id <> '${policy}'`);
    expect(outcome(await shown(grantId))).toBe('404 not_found');
    expect(outcome(await asks(subject, album))).toBe('200');
  });

  it('ends when its client was disabled long ago; a slip in the settings can be mended before that', async () => {
    const album = await alice().album();
    await album.share(ANYONE, ['view']);
    const { rpt, grantId } = await granted(album);
    const clientsWithout = async (id: string) => {
      let gone: Settings[] = [];
      await reconfigure(server(), (settings) => {
        gone = (settings.clients as Settings[]).filter((client) => client.client_id === id);
        settings.clients = (settings.clients as Settings[]).filter((client) => client.client_id !== id);
      });
      return gone;
    };
    const mend = (clients: Settings[]) =>
      reconfigure(server(), (settings) => (settings.clients as Settings[]).push(...clients));
    const gone = await clientsWithout('print-shop');
    await jobsDone(server());
    await mend(gone);
    expect(await alice().permissions(rpt)).toEqual([album.on('view')]);

    await clientsWithout('print-shop');
    await later(`${older('client', 'updated_at')} WHERE id = 'print-shop'`);
    expect((await shown(grantId)).json()).toMatchObject({ state: 'revoked', resources: [] });
    await mend(gone);
    expect((await alice().photos.introspect(rpt)).json()).toEqual({ active: false });
  });
});
