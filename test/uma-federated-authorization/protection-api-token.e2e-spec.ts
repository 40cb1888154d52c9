import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import type { Answer } from '../support/http.js';
import type { Server } from '../support/server.js';
import { ownerApi, protectionApi, requestingParty, textMember } from '../support/uma.js';
import { DAVE, PHOTOS, type Settings } from '../support/world.js';
import { entryOf, reconfigure } from '../uma-grant/photo-sharing.js';

const CONNECTIONS = [
  { account: 'alice', client: 'photo-service', scope: 'uma_protection' },
  { account: 'bob', client: 'photo-service', scope: 'uma_protection' },
  { account: 'alice', client: 'other-service', scope: 'uma_protection' },
  { account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' },
];
const ALBUM = { name: 'Winter album', resource_scopes: ['view', 'print'] };
const UNKNOWN = 'r_AAAAAAAAAAAAAAAAAAAAAA';

/** Every call of the protection API, with whatever authorization. */
function calls({ http }: Server, headers: Readonly<Record<string, string>>, id = UNKNOWN): Promise<Answer>[] {
  const options = { headers };
  return [
    http.json('POST', '/uma/resources/', ALBUM, options),
    http.get('/uma/resources/', options),
    http.get(`/uma/resources/${id}`, options),
    http.json('PUT', `/uma/resources/${id}`, ALBUM, options),
    http.send({ ...options, method: 'DELETE', path: `/uma/resources/${id}` }),
    http.json('POST', '/uma/permission', { resource_id: id, resource_scopes: ['view'] }, options),
    http.form('/introspect', { token: 'x' }, options),
  ];
}

const outcome = (answer: Answer) => [answer.status, answer.json().error];

describeServer('FedAuthz 1.3: the protection API token', { connections: CONNECTIONS }, (server) => {
  const tokenOf = (index: number) => server().connections[index]?.access_token ?? '';
  const api = (index: number) => protectionApi(server(), tokenOf(index));
  const tokenFor = async (client: 'photo-service' | 'print-shop' | 'signed-shop', scope: string) =>
    textMember(await clientOf(server(), client).clientCredentials({ scope }), 200, 'access_token');
  const challenges = (answers: readonly Answer[]) => answers.map((answer) => answer.headers['www-authenticate']);

  it('UF-05 answers a call without a token with 401 and a Bearer challenge', async () => {
    // The last is introspection, where a caller without a token may be a client that did not authenticate.
    const answers = (await Promise.all(calls(server(), {}))).slice(0, -1);
    expect(answers.map(outcome)).toEqual(answers.map(() => [401, 'invalid_token']));
    for (const challenge of challenges(answers)) expect(challenge).toMatch(/^Bearer /);
  });

  it('UF-05, UF-33 answers unknown, foreign and malformed tokens with 401 and error="invalid_token"', async () => {
    const refreshToken = server().connections[0]?.refresh_token ?? '';
    const resource = await api(0).register(ALBUM);
    const ticket = await api(0).ticket({ resource_id: resource, resource_scopes: ['view'] });
    const subject = { type: 'partner', issuer: server().world.partner.issuer, subject: DAVE };
    await ownerApi(server(), tokenOf(3)).share({ resource_id: resource, subject, scopes: ['view'] });
    const rpt = await requestingParty(server(), DAVE, 'print-shop').rpt(
      await api(0).ticket({ resource_id: resource, resource_scopes: ['view'] }),
    );
    const forPhotos = await tokenFor('print-shop', 'photos.read');
    const jwtForPhotos = await tokenFor('signed-shop', 'photos.read');
    const altered = tokenOf(0).replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const tokens = ['x', 'a.b.c', altered, refreshToken, ticket, rpt, forPhotos, jwtForPhotos, `${tokenOf(0)} x`];
    for (const token of tokens) {
      const answers = await Promise.all(calls(server(), { authorization: `Bearer ${token}` }, resource));
      expect(answers.map(outcome)).toEqual(answers.map(() => [401, 'invalid_token']));
      for (const challenge of challenges(answers)) expect(challenge).toMatch(/^Bearer .*error="invalid_token"/);
    }
    expect((await api(0).read(resource)).json()).toMatchObject(ALBUM);
  });

  it('UF-05 answers a revoked PAT with 401', async () => {
    const pat = await tokenFor('photo-service', 'uma_protection');
    expect((await protectionApi(server(), pat).list()).status).toBe(200);
    await clientOf(server(), 'photo-service').revoke(pat);
    expect(outcome(await protectionApi(server(), pat).list())).toEqual([401, 'invalid_token']);
  });

  it('UF-05 takes other schemes and a token in query or form for no token', async () => {
    const pat = tokenOf(0);
    const answers = await Promise.all([
      server().http.get('/uma/resources/', { headers: { authorization: `Basic ${pat}` } }),
      server().http.get('/uma/resources/', { headers: { authorization: pat } }),
      server().http.get(`/uma/resources/?access_token=${pat}`),
      server().http.form('/uma/resources/', { access_token: pat }),
    ]);
    expect(answers.map((answer) => answer.status)).toEqual([401, 401, 401, 401]);
    expect(server().log()).not.toContain(pat);
  });

  it('UF-06, UF-33 answers a token without uma_protection with 403 insufficient_scope', async () => {
    const bearer = { authorization: `Bearer ${tokenOf(3)}` };
    const answers = await Promise.all(calls(server(), bearer));
    expect(answers.map(outcome)).toEqual(answers.map(() => [403, 'insufficient_scope']));
    for (const challenge of challenges(answers))
      expect(challenge).toMatch(/^Bearer .*error="insufficient_scope", scope="uma_protection/);
  });

  it('UF-06 lets a token with introspect only introspect', async () => {
    const token = await tokenFor('photo-service', 'introspect');
    const answers = await Promise.all(calls(server(), { authorization: `Bearer ${token}` }));
    expect(answers.map((answer) => answer.status)).toEqual([403, 403, 403, 403, 403, 403, 200]);
  });

  describe('isolation', () => {
    it.each([
      ['UF-07 of another owner at the same resource server', 1],
      ['UF-08 of the same owner at another resource server', 2],
    ])('%s: nothing is seen, listed, changed or named', async (_whose, index) => {
      const resource = await api(0).register(ALBUM);
      const stranger = api(index);
      const unknown = await stranger.read(UNKNOWN);
      for (const answer of [
        await stranger.read(resource),
        await stranger.replace(resource, { resource_scopes: ['all'] }),
        await stranger.remove(resource),
      ]) {
        expect(outcome(answer)).toEqual([404, 'not_found']);
        expect(answer.text).toBe(unknown.text);
      }
      expect((await stranger.list()).text).not.toContain(resource);
      const permission = await stranger.permission({ resource_id: resource, resource_scopes: ['view'] });
      expect(outcome(permission)).toEqual([400, 'invalid_resource_id']);
      expect((await api(0).read(resource)).json()).toMatchObject(ALBUM);
    });

    it('UF-07 keeps the own resources of a resource server apart from those of its people', async () => {
      const own = protectionApi(server(), await tokenFor('photo-service', 'uma_protection'));
      const resource = await own.register(ALBUM);
      expect((await api(0).read(resource)).status).toBe(404);
      expect((await own.list()).json()).toEqual([resource]);
    });
  });

  describe('paths and methods around the check (attack class 75)', () => {
    it.each([
      '//uma/resources/',
      '/uma//resources/',
      '/uma/resources//',
      '/UMA/resources/',
      '/uma/%72esources/',
      '/uma/resources/.',
      '/uma/resources/..%2fresources/',
      '/uma/resources/;x=1',
      '/uma/resources;x=1',
      '/uma/resources/%00',
      '/uma/resources/?x=1',
    ])('refuses GET %s without a token: 401 or 404', async (path) => {
      const answer = await server().http.get(path);
      expect([401, 404]).toContain(answer.status);
    });

    it('looks at no header that claims another method', async () => {
      const resource = await api(0).register(ALBUM);
      const headers = { 'x-http-method-override': 'DELETE', 'x-method-override': 'DELETE' };
      const answer = await server().http.get(`/uma/resources/${resource}?_method=DELETE`, {
        headers,
        bearer: tokenOf(0),
      });
      expect(answer.status).toBe(200);
      expect((await api(0).read(resource)).status).toBe(200);
    });

    it('refuses a token for one audience at the API of another (attack class 72)', async () => {
      const { http } = server();
      const pat = await http.get('/me/resources', { bearer: tokenOf(0) });
      const photos = await http.get('/me/resources', { bearer: await tokenFor('print-shop', 'photos.read') });
      expect([outcome(pat), outcome(photos)]).toEqual([
        [403, 'insufficient_scope'],
        [401, 'invalid_token'],
      ]);
      const seen = await clientOf(server(), 'photo-service').introspect(await tokenFor('print-shop', 'photos.read'));
      expect(seen.json()).toMatchObject({ aud: PHOTOS });
    });
  });
});

const ELSEWHERE = [{ account: 'alice', client: 'other-service', scope: 'uma_protection' }];

describeServer(
  'UMA protection API: a resource server that the settings no longer name',
  { connections: ELSEWHERE },
  (server) => {
    it('UF-06 its PAT opens nothing: 403 insufficient_scope with a challenge', async () => {
      const pat = protectionApi(server(), server().connections[0]?.access_token ?? '');
      const id = await pat.register({ resource_scopes: ['view'] });
      await reconfigure(server(), (settings) => {
        const isKept = (entry: Settings) => entry['client_id'] !== 'other-service';
        settings['resource_servers'] = (settings['resource_servers'] as Settings[]).filter(isKept);
        entryOf(settings, 'clients', 'client_id', 'other-shop')['audiences'] = [PHOTOS];
      });
      for (const answer of [
        await pat.read(id),
        await pat.list(),
        await pat.permission({ resource_id: id, resource_scopes: [] }),
      ]) {
        expect(outcome(answer)).toEqual([403, 'insufficient_scope']);
        expect(answer.headers['www-authenticate']).toMatch(
          /^Bearer .*error="insufficient_scope", scope="uma_protection"/,
        );
      }
    });
  },
);
