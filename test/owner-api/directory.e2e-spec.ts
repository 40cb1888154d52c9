import { describeServer } from '../support/engines.js';
import { outcome, OWNERS_CONNECTIONS, ownersOf } from './owners.js';

interface Entry {
  readonly id: string;
  readonly name: string;
  readonly organisation?: string;
  readonly current?: { readonly id: string; readonly scopes: readonly { readonly scope: string }[] };
}
interface DirectoryJson {
  readonly people: readonly Entry[];
  readonly applications: readonly Entry[];
  readonly more: boolean;
}

const CONNECTIONS = [
  ...OWNERS_CONNECTIONS,
  { account: 'alice', client: 'owner-app', scope: 'authorizations' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
];
const ATTEMPTS = 121;

const BY_NAMES = { sharing: { directory: 'names' } };

describeServer('{issuer}/me/directory', { connections: CONNECTIONS, config: BY_NAMES }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const read = (query: string, bearer = alice().token) => server().http.get(`/me/directory?${query}`, { bearer });
  const search = async (typed: string, more = '') =>
    (await read(`q=${encodeURIComponent(typed)}${more}`)).json<DirectoryJson>();

  it('finds people by beginnings of their names, with their partner, and applications with their publisher', async () => {
    expect((await search('CAR')).people).toEqual([
      expect.objectContaining({ id: 'account:carol', name: 'Carol Cook', organisation: 'Example partner' }),
    ]);
    expect((await search('shop')).applications.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['client:print-shop']),
    );
    expect((await search('bob@ex')).people).toHaveLength(1);
  });

  it('tells what somebody holds of the resource that is named, and of nobody else’s', async () => {
    const album = await alice().album();
    const subject = { type: 'account', account_id: 'bob' };
    await alice().owner.share({ resource_id: album, subject, scopes: ['view'] });
    const [bob] = (await search('bob', `&resource_id=${album}`)).people;
    expect(bob?.current).toMatchObject({ state: 'active', scopes: [{ scope: 'view' }], resource_count: 1 });
    const others = await ownersOf(server()).bob.album();
    expect(outcome(await read(`q=bob&resource_id=${others}`))).toBe('404 not_found');
  });

  it('attack class enumeration: she finds neither herself nor anybody by a sign or one letter', async () => {
    for (const typed of ['alice', 'c', '%', '_', '@example.org'])
      expect([typed, (await search(typed)).people.filter(({ id }) => id !== 'account:bob')]).toEqual([typed, []]);
    expect(outcome(await read(`q=${'a'.repeat(101)}`))).toBe('400 invalid_request');
    expect(outcome(await read('q=bob&q=carol'))).toBe('400 invalid_request');
  });

  it('attack class enumeration: a token for reading finds nobody', async () => {
    const reading = server().connections[CONNECTIONS.length - 2]?.access_token ?? '';
    expect(outcome(await read('q=bob', reading))).toBe('403 insufficient_scope');
  });

  it('attack class enumeration: searches of one owner are counted, with whatever token she comes', async () => {
    const other = server().connections[CONNECTIONS.length - 1]?.access_token ?? '';
    const answers = [];
    for (let index = 0; index < ATTEMPTS; index++) answers.push(await read('q=zz', index % 2 ? other : undefined));
    const last = answers.at(-1);
    expect(last?.status).toBe(429);
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
  });
});

const BY_NOBODY = { connections: OWNERS_CONNECTIONS, config: { sharing: { directory: 'none' } } };

describeServer('whom an owner may name where nobody is found', BY_NOBODY, (server) => {
  const alice = () => ownersOf(server()).alice;
  const until = new Date(Date.now() + 86_400_000).toISOString();
  const tries = (album: string, id: string) => {
    const whom = { subject: `account:${id}`, resource_ids: [album], until };
    const post = (path: string, body: object) =>
      server().http.json('POST', `/me/${path}`, body, { bearer: alice().token });
    return [
      () => post('shares', { ...whom, scopes: ['view'] }),
      () => post('handovers/preview', { ...whom, allow: 'see' }),
      () => post('handovers', { ...whom, allow: 'see' }),
      () => post('policies', { resource_id: album, subject: { type: 'account', account_id: id }, scopes: ['view'] }),
    ];
  };

  it('attack class enumeration: an account is as unknown by its identifier as one that is not there, whatever names it', async () => {
    const album = await alice().album();
    for (const id of ['carol', 'nobody'])
      for (const attempt of tries(album, id))
        expect([id, outcome(await attempt())]).toEqual([id, '400 invalid_request']);
  });

  it('attack class enumeration: strangers whom she names are counted as searches are', async () => {
    const album = await alice().album();
    const [, preview] = tries(album, 'nobody');
    let last = await preview?.();
    for (let index = 1; index < ATTEMPTS && last?.status !== 429; index++) last = await preview?.();
    expect(last?.status).toBe(429);
  });
});
