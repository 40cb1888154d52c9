import { describeServer } from '../support/engines.js';
import { eventually } from '../support/eventually.js';
import { accessOf, carolsToken, inDays } from './access-calls.js';
import { everyPage, OWNERS_CONNECTIONS, ownersOf, type Person } from './owners.js';
import { requestingParty } from '../support/uma.js';
import { CAROL } from '../support/world.js';

const CONNECTIONS = [
  ...OWNERS_CONNECTIONS,
  { account: 'carol', client: 'owner-app', scope: 'authorizations authorizations.write' },
];
const SET_UP = { connections: CONNECTIONS };

interface Row {
  readonly id: string;
  readonly state: string;
  readonly ended_by?: string;
  readonly ended_at?: string;
  readonly resources: readonly { readonly id: string; readonly name: string }[];
}

interface GrantJson {
  readonly grant_id: string;
  readonly resources: readonly { readonly id: string }[];
}

describeServer('a share that ended is over for both sides', SET_UP, (server) => {
  const alice = () => ownersOf(server()).alice;
  const hers = () => accessOf(server(), alice());
  const carol = () => accessOf(server(), { token: server().connections[4]?.access_token ?? '' });
  const carols = async (album: string, limit = 200) => {
    const rows = await everyPage<Row>(
      { get: (path: string) => carol().get(path) } as Person['owner'],
      'shared-with-me?',
      limit,
    );
    return rows.filter(({ resources }) => resources[0]?.id === album);
  };
  const removedOf = async (album: string) =>
    (await hers().removed()).filter(({ resources }) => resources[0]?.id === album);
  const shared = async (more: object = {}) => {
    const album = await alice().album('Ours');
    return { album, share: await hers().shareOne({ resource_ids: [album], subject: 'account:carol', ...more }) };
  };

  const ways: readonly [
    string,
    { readonly holder: string; readonly owner: string },
    object,
    (share: string, album: string) => Promise<unknown>,
  ][] = [
    ['in the console', { holder: 'owner', owner: 'owner' }, {}, (share) => hers().end(share)],
    [
      'as a policy of the API',
      { holder: 'owner', owner: 'owner' },
      {},
      (share) => alice().owner.removePolicy(share.replace('share:', '')),
    ],
    [
      'when all of hers was stopped',
      { holder: 'owner', owner: 'stopped' },
      {},
      () => hers().post('stop', { subject: 'account:carol', sign_out: false }),
    ],
    [
      'with its resource',
      { holder: 'resource_removed', owner: 'resource_removed' },
      {},
      (_, album) => alice().photos.remove(album),
    ],
  ];

  it.each(ways)('ended %s', async (_, by, more, end) => {
    const { album, share } = await shared(more);
    await end(share.id, album);
    expect(await carols(album)).toEqual([
      expect.objectContaining({
        id: share.id,
        state: 'ended',
        ended_by: by.holder,
        ended_at: expect.stringContaining('Z') as string,
      }),
    ]);
    expect(await removedOf(album)).toEqual([expect.objectContaining({ id: share.id, ended_by: by.owner })]);
  });

  it('ended by itself, once it was told and before', async () => {
    const { album, share } = await shared({ until: new Date(Date.now() + 1_500).toISOString() });
    const rows = () => carols(album);
    const ended = await eventually(rows, ([row]) => row?.state === 'ended');
    await eventually(
      () => removedOf(album),
      ({ length }) => length > 0,
    );
    for (const found of [ended, await rows()])
      expect(found).toEqual([expect.objectContaining({ id: share.id, ended_by: 'expired', ended_at: share.until })]);
  });

  it('ended with a handover', async () => {
    const album = await alice().album('Ours');
    const body = { subject: 'account:carol', resource_ids: [album], allow: 'see', until: inDays(3) };
    const { id } = (await hers().post('handovers', body)).json<{ id: string }>();
    await server().http.send({ method: 'DELETE', path: `/me/handovers/${id}`, bearer: alice().token });
    expect(await carols(album)).toEqual([expect.objectContaining({ state: 'ended', ended_by: 'owner' })]);
    expect(await removedOf(album)).toEqual([expect.objectContaining({ ended_by: 'handover_over' })]);
  });

  it('IR-43 ended as an authorization: over for her who held it, resting for the owner, until she changes it', async () => {
    const album = await alice().album('Ours');
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    await requestingParty(server(), CAROL, 'print-shop').present(ticket);
    const waiting = (await hers().get('requests?state=pending&limit=200')).json<{
      items: { id: string; asked: { resource: { id: string } }[] }[];
    }>();
    const request = waiting.items.find(({ asked }) => asked[0]?.resource.id === album)?.id ?? '';
    await alice().owner.approve(request);
    await carolsToken(server(), alice(), album);
    const given = async () =>
      (await hers().get(`requests/${request}`)).json<{ given: Row[] }>().given.map(({ state }) => state);
    expect(await given()).toEqual(['active']);
    expect(await carols(album)).toMatchObject([{ state: 'active' }]);
    const grants = (await alice().owner.get('authorizations?limit=200')).json<{ items: GrantJson[] }>().items;
    const grant = grants.find(({ resources }) => resources.some(({ id }) => id === album))?.grant_id ?? '';
    expect((await alice().owner.endAuthorization(grant)).status).toBe(204);
    expect(await given()).toEqual(['suspended']);
    const [over] = await carols(album);
    expect(over).toMatchObject({ state: 'ended', ended_by: 'owner' });
    expect((await hers().change(over?.id ?? '', { scopes: ['view'], until: inDays(5) })).status).toBe(200);
    expect([await given(), (await carols(album)).map(({ state }) => state)]).toEqual([['active'], ['active']]);
  });

  it('what is there comes first, and all of it page by page, each once', async () => {
    const { album } = await shared();
    for (let index = 0; index < 3; index += 1) {
      const share = await hers().shareOne({ resource_ids: [album], subject: 'account:carol' });
      await hers().end(share.id);
    }
    for (const limit of [1, 2, 3, 200])
      expect((await carols(album, limit)).map(({ state }) => state)).toEqual(['active', 'ended', 'ended', 'ended']);
    // Nobody else hears of them.
    expect((await accessOf(server(), ownersOf(server()).bob).get('shared-with-me')).json()).toEqual({ items: [] });
  });
});
