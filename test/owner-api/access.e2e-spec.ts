import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { everyPage, type ListJson, outcome, OWNERS_CONNECTIONS, ownersOf } from './owners.js';

const CONNECTIONS = [
  ...OWNERS_CONNECTIONS,
  { account: 'alice', client: 'owner-app', scope: 'authorizations' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations.write' },
  { account: 'alice', client: 'print-shop', scope: 'photos.read' },
];
const LISTS = ['resources', 'policies', 'requests', 'authorizations'];
const CHANGES: [string, string][] = [
  ['POST', 'policies'],
  ['PUT', 'policies/p_x'],
  ['DELETE', 'policies/p_x'],
  ['POST', 'requests/q_x/approve'],
  ['POST', 'requests/q_x/deny'],
  ['DELETE', 'authorizations/g_x'],
];

describeServer('{issuer}/me: who may, and how much', { connections: CONNECTIONS }, (server) => {
  const alice = () => ownersOf(server()).alice;
  const connection = (index: number) => server().connections[index]?.access_token ?? '';
  const send = (method: string, path: string, bearer: string | undefined) =>
    server().http.send({
      method,
      path: `/me/${path}`,
      ...(bearer !== undefined && { bearer }),
      ...(method !== 'GET' && { body: '{}', headers: { 'content-type': 'application/json' } }),
    });

  describe('tokens (RFC 6750 §3)', () => {
    it.each(LISTS)('asks for one at %s: 401 with a challenge', async (list) => {
      const answer = await send('GET', list, undefined);
      expect(answer.status).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer realm="/);
    });

    it.each(LISTS)('refuses a PAT at %s, which is for another API: 403', async (list) => {
      const answer = await send('GET', list, connection(0));
      expect(outcome(answer)).toBe('403 insufficient_scope');
      expect(answer.headers['www-authenticate']).toContain('scope="authorizations"');
    });

    it.each(CHANGES)('refuses %s %s with a token for reading: 403', async (method, path) => {
      const answer = await send(method, path, connection(4));
      expect(outcome(answer)).toBe('403 insufficient_scope');
      expect(answer.headers['www-authenticate']).toContain('scope="authorizations.write"');
    });

    it('refuses reading with a token for writing alone: 403', async () => {
      for (const list of LISTS) expect(outcome(await send('GET', list, connection(5)))).toBe('403 insufficient_scope');
    });

    it('refuses a token for a resource server, a refresh token, a ticket, and nonsense: 401', async () => {
      const ticket = await alice().photos.ticket({ resource_id: await alice().album(), resource_scopes: ['view'] });
      const refresh = server().connections[1]?.refresh_token ?? '';
      for (const wrong of [connection(6), refresh, ticket, 'x', `${alice().token}x`, alice().token.slice(0, -1)])
        expect(outcome(await send('GET', 'policies', wrong))).toBe('401 invalid_token');
    });

    it('CO-13 does not look for a token in the query', async () => {
      expect((await server().http.get(`/me/policies?access_token=${alice().token}`)).status).toBe(401);
    });

    it('refuses a client that acts for itself: its client credentials give it no such scope', async () => {
      const answer = await clientOf(server(), 'print-shop').clientCredentials({ scope: 'authorizations' });
      expect(outcome(answer)).toBe('400 invalid_scope');
    });
  });

  describe('methods', () => {
    it.each([
      ['PATCH', 'policies', 'GET, HEAD, POST'],
      ['DELETE', 'policies', 'GET, HEAD, POST'],
      ['POST', 'policies/p_x', 'GET, HEAD, PUT, DELETE'],
      ['POST', 'resources', 'GET, HEAD'],
      ['DELETE', 'requests/q_x', 'GET, HEAD'],
      ['GET', 'requests/q_x/approve', 'POST'],
      ['OPTIONS', 'authorizations', 'GET, HEAD'],
      ['PUT', 'authorizations/g_x', 'GET, HEAD, DELETE'],
    ])('answers %s /me/%s with 405 and what is allowed', async (method, path, allowed) => {
      const answer = await send(method, path, alice().token);
      expect(outcome(answer)).toBe('405 unsupported_method_type');
      expect(new Set(answer.headers.allow?.split(', '))).toEqual(new Set(allowed.split(', ')));
    });

    it('answers 404 where there is nothing', async () => {
      for (const path of ['', 'nothing', 'policies/x/y', 'policies/'])
        expect(outcome(await send('GET', path, alice().token))).toBe('404 not_found');
    });
  });

  describe('limits of lists (attack classes 251, 263)', () => {
    const limits = ['0', '-1', '201', '1000000000', '1e2', '0x10', '1.5', ' 5', '05', '', 'all', '9007199254740993'];
    it.each(LISTS)('refuses what is no number from 1 to 200 at %s: 400', async (list) => {
      for (const limit of limits)
        expect(outcome(await alice().owner.get(`${list}?limit=${encodeURIComponent(limit)}`))).toBe(
          '400 invalid_request',
        );
      expect(outcome(await alice().owner.get(`${list}?limit=5&limit=6`))).toBe('400 invalid_request');
      expect((await alice().owner.get(`${list}?limit=200`)).status).toBe(200);
    });

    it.each(LISTS)('refuses a cursor that it cannot have made at %s: 400', async (list) => {
      for (const cursor of ['', '%00', 'a%20b', "'%20OR%20'1'='1", 'a'.repeat(129), 'a&cursor=b'])
        expect(outcome(await alice().owner.get(`${list}?cursor=${cursor}`))).toBe('400 invalid_request');
    });

    it('gives 50 items unless asked for more, and goes on', async () => {
      const { owner, album } = alice();
      for (let count = 0; count < 51; count += 1) await album(`Album ${count}`);
      const first = (await owner.get('resources')).json<ListJson>();
      expect(first.items).toHaveLength(50);
      expect(first.next_cursor).toBeDefined();
      const all = await everyPage<{ id: string }>(owner, 'resources?', 20);
      expect(new Set(all.map((resource) => resource.id)).size).toBe(all.length);
      expect(all.length).toBeGreaterThanOrEqual(51);
    });
  });

  describe('identifiers (attack classes 248, 249)', () => {
    const ids = [
      '%00',
      'p_%00',
      '%F0%9F%94%91',
      encodeURIComponent('p_x\u202e'),
      "'%20OR%20'1'='1",
      '..%2F..%2Fme',
      '9007199254740992',
      '-1',
      '0x10',
      'null',
      'undefined',
      '[object%20Object]',
      'a'.repeat(200),
    ];
    it.each(LISTS)('answers 404 for any that are none at %s', async (list) => {
      for (const id of ids) expect(outcome(await send('GET', `${list}/${id}`, alice().token))).toBe('404 not_found');
    });

    it('answers 400 or 404 for what is no address at all, without a word of the framework', async () => {
      for (const id of ['%ff', '%', '%e2%28%a1', 'a'.repeat(300)]) {
        const answer = await send('GET', `policies/${id}`, alice().token);
        expect([400, 404, 414]).toContain(answer.status);
        expect(answer.text).not.toContain('FST_');
      }
    });

    it('compares byte for byte: another case or a trailing space is another identifier', async () => {
      const id = await alice().album();
      for (const other of [id.toUpperCase(), `${id}%20`, `%20${id}`])
        expect(outcome(await send('GET', `resources/${other}`, alice().token))).toBe('404 not_found');
      expect((await send('GET', `resources/${id}`, alice().token)).status).toBe(200);
    });
  });

  describe('resources', () => {
    it('shows her own with the resource server’s name, and another owner’s not at all', async () => {
      const { bob } = ownersOf(server());
      const id = await alice().photos.register({
        name: 'Summer',
        type: 'https://photos.example/album',
        description: 'By the sea',
        resource_scopes: ['view'],
        unknown_member: 7,
      });
      const resource = (await alice().owner.get(`resources/${id}`)).json();
      expect(resource).toMatchObject({
        id,
        name: 'Summer',
        rs_name: 'Photo service',
        type: 'https://photos.example/album',
        description: 'By the sea',
        scopes: ['view'],
      });
      expect(resource).not.toHaveProperty('unknown_member');
      expect(outcome(await bob.owner.get(`resources/${id}`))).toBe('404 not_found');
      const theirs = await everyPage<{ id: string }>(bob.owner, 'resources?', 50);
      expect(theirs.map((one) => one.id)).not.toContain(id);
    });

    it('is called by its identifier where the resource server gave no name (IR-40)', async () => {
      const id = await alice().photos.register({ resource_scopes: ['view'] });
      expect((await alice().owner.get(`resources/${id}`)).json()).toMatchObject({ id, name: id });
    });

    it('IR-40 is named in a language of the reader, else as it is named without one', async () => {
      const id = await alice().photos.register({
        name: 'Summer',
        'name#de': 'Sommer',
        'description#de': 'Am Meer',
        resource_scopes: ['view'],
      });
      const read = async (languages: string) =>
        (
          await server().http.get(`/me/resources/${id}`, {
            bearer: alice().token,
            headers: { 'accept-language': languages },
          })
        ).json();
      expect(await read('de-AT,en;q=0.5')).toMatchObject({ name: 'Sommer', description: 'Am Meer' });
      expect(await read('fr, de;q=0')).toMatchObject({ name: 'Summer' });
      expect(await read('fr')).not.toHaveProperty('description');
    });

    it('IR-40 shows text that cannot turn its surroundings round (attack class 149)', async () => {
      const id = await alice().photos.register({ name: 'gpj.\u202etxt\u2066!', resource_scopes: ['view'] });
      expect((await alice().owner.get(`resources/${id}`)).json()).toMatchObject({ name: 'gpj.txt!' });
    });

    it('gives HTML back as the text it is, in JSON that nobody sniffs (attack class 149)', async () => {
      const name = '<script>alert(1)</script>"&\'';
      const id = await alice().photos.register({ name, resource_scopes: ['view'] });
      const answer = await alice().owner.get(`resources/${id}`);
      expect(answer.json()).toMatchObject({ name });
      expect(answer.headers['content-type']).toMatch(/^application\/json/);
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    });

    it.each([
      ['NUL', 'a\u0000b'],
      ['half a character', 'a\ud800b'],
      ['1001 characters', 'a'.repeat(1001)],
    ])('never stores a name with %s (attack class 249)', async (_what, name) => {
      const answer = await alice().photos.create({ name, resource_scopes: ['view'] });
      expect(outcome(answer)).toBe('400 invalid_request');
    });
  });
});
