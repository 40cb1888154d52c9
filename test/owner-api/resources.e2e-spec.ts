import { describeServer } from '../support/engines.js';
import { everyPage, type ListJson, outcome, OWNERS_CONNECTIONS, ownersOf, type Person } from './owners.js';

interface ResourceJson {
  readonly id: string;
  readonly name: string;
  readonly starred: boolean;
  readonly labels: readonly string[];
  readonly holders: Readonly<Record<'people' | 'applications' | 'groups', number>>;
  readonly next_end?: string;
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describeServer('{issuer}/me/resources', { connections: OWNERS_CONNECTIONS }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const bob = () => ownersOf(server()).bob;
  const put = (who: Person, path: string, body: unknown) =>
    server().http.json('PUT', `/me/resources/${path}`, body as object, { bearer: who.token });
  const read = async (id: string) => (await alice().owner.get(`resources/${id}`)).json<ResourceJson>();
  const found = async (query: string) =>
    (await everyPage<ResourceJson>(alice().owner, `resources?${query}&`, 2)).map(({ name }) => name);

  it('lists with who holds what, the next end, stars and labels; the total is on the first page', async () => {
    const album = await alice().album('Totals one');
    await alice().album('Totals two');
    const policy = { resource_id: album, scopes: ['view'], subject: { type: 'account', account_id: 'carol' } };
    const until = inDays(3);
    await alice().owner.share({ ...policy, expires_at: until });
    await alice().owner.share({ ...policy, scopes: ['print'], expires_at: inDays(5) });
    await alice().owner.share({ ...policy, subject: { type: 'client' }, client_id: 'print-shop' });
    const first = (await alice().owner.get('resources?q=totals&limit=1')).json<
      ListJson<ResourceJson> & { total: number }
    >();
    expect(first.total).toBe(2);
    expect(first.items[0]).toMatchObject({
      id: album,
      name: 'Totals one',
      rs_name: 'Photo service',
      service: { id: 'photo-service', name: 'Photo service', state: 'answering' },
      starred: false,
      labels: [],
      holders: { people: 1, applications: 1, groups: 0 },
      next_end: until,
    });
    const second = await alice().owner.get(`resources?q=totals&limit=1&cursor=${first.next_cursor ?? ''}`);
    expect(second.json()).not.toHaveProperty('total');
    expect(second.json<ListJson<ResourceJson>>().items).toMatchObject([{ name: 'Totals two', holders: { people: 0 } }]);
  });

  it('searches, and shows shared, private, ending and starred ones, in the order of names', async () => {
    const [one, two] = [await alice().album('Füchse im Wald'), await alice().album('Fuchsbau')];
    await alice().album('FUCHSIE');
    const policy = { scopes: ['view'], subject: { type: 'account', account_id: 'carol' } };
    await alice().owner.share({ ...policy, resource_id: one, expires_at: inDays(30) });
    await alice().owner.share({ ...policy, resource_id: two, expires_at: inDays(5) });
    await put(alice(), `${one}/star`, { starred: true });
    await put(alice(), `${two}/labels`, { labels: ['Wild', 'Höhle'] });
    expect(await found('q=fuchs')).toEqual(
      ['Fuchsbau', 'Füchse im Wald', 'FUCHSIE'].sort((a, b) => (fold(a) < fold(b) ? -1 : 1)),
    );
    expect(await found('q=fuchs&show=shared')).toEqual(['Fuchsbau', 'Füchse im Wald']);
    expect(await found('q=fuchs&show=private')).toEqual(['FUCHSIE']);
    expect(await found('q=fuchs&show=ending')).toEqual(['Fuchsbau']);
    expect(await found('show=starred')).toEqual(['Füchse im Wald']);
    expect(await found(`label=${encodeURIComponent('Höhle')}`)).toEqual(['Fuchsbau']);
    expect(await found('q=fuchs&service=other-service')).toEqual([]);
    expect(await read(two)).toMatchObject({
      labels: ['Höhle', 'Wild'],
      described_scopes: [{ scope: 'view' }, { scope: 'print' }],
    });
  });

  it('sums up what there is, where, and who waits', async () => {
    const summary = (await alice().owner.get('summary')).json();
    expect(summary).toMatchObject({
      services: [{ id: 'photo-service', name: 'Photo service' }],
      other_services: [{ id: 'other-service' }],
      labels: ['Höhle', 'Wild'],
      requests: { waiting: 0 },
    });
    const all = await everyPage(alice().owner, 'resources?', 50);
    const shared = await everyPage(alice().owner, 'resources?show=shared&', 50);
    expect(summary).toMatchObject({ resources: all.length, shared: shared.length });
    expect((await bob().owner.get('summary')).json()).toMatchObject({ resources: 0, services: [], labels: [] });
  });

  it('leads only to addresses that a browser may be sent to', async () => {
    const { photos } = alice();
    const register = (uri: string) => photos.register({ name: 'Link', uri, resource_scopes: ['view'] });
    expect(await read(await register('https://photos.example/a?b=c'))).toMatchObject({
      link: 'https://photos.example/a?b=c',
    });
    for (const uri of ['javascript:alert(1)', 'data:text/html,x', '/relative', '']) {
      expect(await read(await register(uri))).not.toHaveProperty('link');
    }
  });

  it('is nobody else’s: no mark, no word of it (attack class 137)', async () => {
    const album = await alice().album('Secret garden');
    expect(outcome(await put(bob(), `${album}/star`, { starred: true }))).toBe('404 not_found');
    expect(outcome(await put(bob(), `${album}/labels`, { labels: ['x'] }))).toBe('404 not_found');
    expect(outcome(await bob().owner.get(`resources/${album}`))).toBe('404 not_found');
    expect((await bob().owner.get('resources?q=secret')).json()).toMatchObject({ items: [], total: 0 });
    const { items } = (await bob().owner.get('resources?label=Wild')).json<ListJson>();
    expect(items).toEqual([]);
    expect(await read(album)).toMatchObject({ starred: false, labels: [] });
  });

  it('marks go with the resource', async () => {
    const album = await alice().album('Going');
    await put(alice(), `${album}/labels`, { labels: ['Going soon'] });
    await alice().photos.remove(album);
    expect((await alice().owner.get('summary')).json<{ labels: string[] }>().labels).not.toContain('Going soon');
    expect(outcome(await put(alice(), `${album}/star`, { starred: true }))).toBe('404 not_found');
  });

  it.each([
    ['show=most', 'a filter that is none'],
    ['show=constructor', 'a member of every object'],
    ['q=%00', 'a control character'],
    [`q=${'x'.repeat(101)}`, 'too many words'],
    ['q=a&q=b', 'two searches'],
    ['label=', 'an empty label'],
    ['cursor=r_1', 'a cursor of another list'],
    [`cursor=${Buffer.from('["a","b",7]').toString('base64url')}`, 'a cursor that was made up'],
    [`cursor=${Buffer.from('["a\\u0000","b","c"]').toString('base64url')}`, 'a cursor with a control character'],
    [`cursor=${'a'.repeat(1201)}`, 'a cursor that is too long'],
  ])('refuses %s: %s', async (query) => {
    expect(outcome(await alice().owner.get(`resources?${query}`))).toBe('400 invalid_request');
  });

  it.each([
    ['star', {}],
    ['star', { starred: 'yes' }],
    ['star', { starred: true, owner: 'account:bob' }],
    ['labels', { labels: ['a', 'a'] }],
    ['labels', { labels: [''] }],
    ['labels', { labels: [' a'] }],
    ['labels', { labels: ['a\u0007'] }],
    ['labels', { labels: ['x'.repeat(41)] }],
    ['labels', { labels: Array.from({ length: 21 }, (_, index) => `${index}`) }],
    ['labels', { labels: 'a' }],
  ])('refuses the %s %j', async (mark, body) => {
    const album = await alice().album('Marked badly');
    expect(outcome(await put(alice(), `${album}/${mark}`, body))).toBe('400 invalid_request');
  });

  const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
});
