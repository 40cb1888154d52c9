import { sessionApi } from '../support/console.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { requestingParty } from '../support/uma.js';
import { CAROL } from '../support/world.js';
import { daveAsks, everyPage, outcome, OWNERS_CONNECTIONS, ownersOf, type Person } from './owners.js';

const CONNECTIONS = [
  ...OWNERS_CONNECTIONS,
  { account: 'carol', client: 'owner-app', scope: 'authorizations authorizations.write' },
];
const PARTNER = 'https://partner.example';
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

interface Row {
  readonly id: string;
  readonly owner: { readonly name: string };
  readonly time_zone?: string;
  readonly state: string;
  readonly resources: readonly { readonly id: string; readonly name: string }[];
}

describeServer('{issuer}/me/shared-with-me and /me/asked', { connections: CONNECTIONS }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const bob = () => ownersOf(server()).bob;
  const carolsToken = () => server().connections[4]?.access_token ?? '';
  const asCarol = (path: string) => server().http.get(`/me/${path}`, { bearer: carolsToken() });
  const carols = (list: string, limit = 50) => everyPage<Row>({ get: asCarol } as Person['owner'], `${list}?`, limit);

  it('lists what is for the account and for who she is at a partner, from all owners, page by page', async () => {
    const albums = [await alice().album('Hers'), await bob().album('His')] as const;
    const scopes = ['view'];
    const until = inDays(3);
    const ids = [
      await alice().owner.share({
        resource_id: albums[0],
        scopes,
        subject: { type: 'account', account_id: 'carol' },
        expires_at: until,
      }),
      await alice().owner.share({
        resource_id: albums[0],
        scopes,
        subject: { type: 'partner', issuer: PARTNER, subject: CAROL },
      }),
      await bob().owner.share({
        resource_id: albums[1],
        scopes,
        subject: { type: 'account', account_id: 'carol' },
        not_before: inDays(1),
        client_id: 'print-shop',
      }),
    ];
    for (const limit of [1, 2, 50]) {
      const rows = await carols('shared-with-me', limit);
      expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(ids.map((id) => `share:${id}`)));
      expect(rows).toHaveLength(3);
    }
    const rows = await carols('shared-with-me');
    expect(rows.find(({ id }) => id === `share:${ids[0] ?? ''}`)).toMatchObject({
      owner: { name: 'Alice Archer' },
      resources: [{ id: albums[0], name: 'Hers' }],
      scopes: [{ scope: 'view' }],
      state: 'active',
      until,
    });
    expect(rows.find(({ owner }) => owner.name === 'Bob Baker')).toMatchObject({
      state: 'starting',
      through: { name: 'Print shop' },
    });
  });

  it('tells nothing of third parties: not who else holds it, not what is for others (attack class 137)', async () => {
    const album = await alice().album('Ours');
    const scopes = ['view'];
    await alice().owner.share({ resource_id: album, scopes, subject: { type: 'account', account_id: 'carol' } });
    await alice().owner.share({ resource_id: album, scopes, subject: { type: 'account', account_id: 'bob' } });
    await alice().owner.share({ resource_id: await alice().album('Not hers'), scopes, subject: { type: 'anyone' } });
    await daveAsks(server(), alice(), album);
    const text = (await asCarol('shared-with-me?limit=200')).text + (await asCarol('asked?limit=200')).text;
    expect(text).toContain('Ours');
    expect(text).not.toMatch(/Not hers|dave|"holder"/);
    const row = (await carols('shared-with-me')).find(({ resources }) => resources[0]?.id === album);
    expect(JSON.stringify(row)).not.toMatch(/bob/i);
    const bobs = (await bob().owner.get('shared-with-me')).json<{ items: Row[] }>().items;
    expect(bobs.map(({ resources }) => resources[0]?.name)).toEqual(['Ours']);
  });

  it('what is taken back is over there, under the name of then, and what is given back is there again alone', async () => {
    const album = await alice().album('Taken');
    const share = { resource_id: album, scopes: ['view'], subject: { type: 'account', account_id: 'carol' } };
    const id = await alice().owner.share(share);
    await alice().owner.removePolicy(id);
    await alice().photos.replace(album, { name: 'Diary of my illness', resource_scopes: ['view'] });
    const ofAlbum = async () => (await carols('shared-with-me')).filter(({ resources }) => resources[0]?.id === album);
    expect(await ofAlbum()).toEqual([
      expect.objectContaining({
        ...{ id: `share:${id}`, state: 'ended', ended_by: 'owner', ended_at: expect.stringContaining('Z') as string },
        resources: [expect.objectContaining({ name: 'Taken' })],
      }),
    ]);
    const [removed] = (await alice().owner.get('removed')).json<{ items: { removed_id: string }[] }>().items;
    await server().http.json(
      'POST',
      `/me/removed/${removed?.removed_id ?? ''}/give-back`,
      {},
      { bearer: alice().token },
    );
    expect((await ofAlbum()).map(({ state }) => state)).toEqual(['active']);
  });

  it('lists her own requests with what came of them, under the names of then', async () => {
    const album = await alice().album('Diary');
    const ticket = await alice().photos.ticket({ resource_id: album, resource_scopes: ['view'] });
    await requestingParty(server(), CAROL, 'print-shop').present(ticket);
    const [asked] = await carols('asked');
    expect(asked).toMatchObject({
      owner: { name: 'Alice Archer' },
      state: 'pending',
      resources: [{ id: album, name: 'Diary', service: { name: 'Photo service' } }],
    });
    await alice().photos.replace(album, { name: 'Diary of my illness', resource_scopes: ['view'] });
    const body = { reason: 'Too private', mute_days: 30 };
    await server().http.json('POST', `/me/requests/${asked?.id ?? ''}/deny`, body, { bearer: alice().token });
    const [denied] = await carols('asked');
    expect(denied).toMatchObject({ state: 'denied', reason: 'Too private', resources: [{ name: 'Diary' }] });
    const { again_from: again } = denied as unknown as { again_from: string };
    expect(Date.parse(again)).toBeGreaterThan(Date.now() + 29 * 86_400_000);
    expect((await bob().owner.get('asked')).json()).toEqual({ items: [] });
    expect((await alice().owner.get('asked')).json()).toEqual({ items: [] });
  });

  it.each(['shared-with-me?limit=0', 'asked?cursor=a%20b'])('refuses %s', async (path) => {
    expect(outcome(await asCarol(path))).toBe('400 invalid_request');
  });

  it('says in whose days an end was chosen: the zone she chose, that of her account, or the one her device showed last', async () => {
    const mark = await alice().album('Whose days');
    const subject = { type: 'account', account_id: 'carol' };
    await alice().owner.share({ resource_id: mark, scopes: ['view'], subject });
    await bob().owner.share({ resource_id: await bob().album('His days'), scopes: ['view'], subject });
    const zones = async () =>
      Object.fromEntries((await carols('shared-with-me')).map((row) => [row.owner.name, row.time_zone]));
    expect(await zones()).toEqual({ 'Alice Archer': 'Europe/Vienna', 'Bob Baker': undefined });
    await givePassword(server(), 'bob');
    const browser = new FormBrowser(server().issuer);
    const page = await browser.open(`${server().issuer}/account`);
    await browser.submit(page, { username: 'bob', password: PASSWORD });
    const his = await sessionApi(server(), browser);
    for (const zone of ['Pacific/Auckland', 'no zone', '\0', 'x'.repeat(100)])
      await his.get(`session?zone=${encodeURIComponent(zone)}`);
    expect(await zones()).toMatchObject({ 'Bob Baker': 'Pacific/Auckland' });
    const chosen = { language: null, default_days: null, shortcuts: true, request_mails: true };
    await his.change('PUT', 'settings', { ...chosen, time_zone: 'America/New_York' });
    expect(await zones()).toMatchObject({ 'Bob Baker': 'America/New_York' });
    await his.change('PUT', 'settings', { ...chosen, time_zone: null });
    expect(await zones()).toMatchObject({ 'Bob Baker': 'Pacific/Auckland' });
  });
});
