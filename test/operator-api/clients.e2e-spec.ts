import { outcome, OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { databaseDump } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { logged } from '../support/logged.js';
import { givePassword } from '../support/person.js';
import { registrarOf } from '../support/registrar.js';
import { PASSWORD, PHOTOS } from '../support/world.js';
import { basic } from '../support/http.js';
import { atWork, type ClientJson, registered, RETURN, SETTINGS } from './clients.js';
import { BY_ALICE, operatorApi } from './operators.js';

const OPEN = { registration: { mode: 'open', clients_per_network: 1_000 } };
const CONFIG = { ...BY_ALICE, ...OPEN };

describeServer('P5 clients', { config: CONFIG }, (server) => {
  const api = () => operatorApi(server());
  const list = async (query: string) =>
    (await (await api()).get(`clients?${query}`)).json<{ items: ClientJson[]; next_cursor?: string }>();
  const idsOf = ({ items }: { items: readonly ClientJson[] }) => items.map((one) => one.client_id);

  it('says of each who made it, what it is and in which state', async () => {
    const { items } = await list('origin=configuration&limit=100');
    const told = new Map(items.map((one) => [one.client_id, [one.kind, one.origin, one.state, one.people.count]]));
    expect(told.get('photo-service')).toEqual(['resource_server', 'configuration', 'active', 0]);
    expect(told.get('print-shop')).toEqual(['confidential', 'configuration', 'active', 0]);
    expect(told.get('public-app')).toEqual(['public', 'configuration', 'active', 0]);
    const names = items.map(({ name }) => name.toLowerCase());
    expect(names).toEqual([...names].sort());
  });

  it('is searched by name, publisher and client_id, filtered, and goes on from page to page', async () => {
    const operator = await api();
    const { client_id: mine } = await registered(operator, {
      client_name: 'Ünïque <b>name</b>',
      publisher: 'Rare Ltd',
    });
    const { client_id: own } = await registrarOf(server()).registered({ client_name: 'Unique too' });
    for (const query of ['q=unique%20%3Cb', 'q=RARE', `q=${mine}`]) expect(idsOf(await list(query))).toEqual([mine]);
    expect(idsOf(await list('q=unique&origin=registration'))).toEqual([own]);
    expect(idsOf(await list('q=unique&state=suspended'))).toEqual([]);
    const first = await list('q=unique&limit=1');
    const second = await list(`q=unique&limit=1&cursor=${first.next_cursor ?? ''}`);
    expect([...idsOf(first), ...idsOf(second)].sort()).toEqual([mine, own].sort());
    expect(second.next_cursor).toBeUndefined();
    for (const wrong of ['state=gone', 'origin=me', 'limit=0', 'cursor=abc', 'q=a&q=b']) {
      expect([wrong, outcome(await operator.get(`clients?${wrong}`))]).toEqual([wrong, '400 invalid_request']);
    }
    expect(outcome(await operator.get('clients/nobody'))).toBe('404 not_found');
  });

  it('RFC 7591: one that an operator registers works at once; its secret is in one answer and nowhere else', async () => {
    const operator = await api();
    const body = { ...SETTINGS, client_name: 'Once' };
    const key = { 'idempotency-key': 'register-once' };
    const [answer, again] = [
      await operator.change('POST', 'clients', body, key),
      await operator.change('POST', 'clients', body, key),
    ];
    const [made, repeated] = [answer.json<ClientJson & object>(), again.json<ClientJson & object>()];
    const secret = made.client_secret ?? '';
    expect(secret).toMatch(/^vk_cs_/);
    expect(repeated).toEqual({ ...made, client_secret: undefined });
    expect(idsOf(await list('q=once'))).toEqual([made.client_id]);
    expect(await databaseDump(server())).not.toContain(secret);
    expect(server().log()).not.toContain(secret);
    const token = await atWork(server(), made).post('/token', {
      grant_type: 'client_credentials',
      scope: 'photos.read',
    });
    expect(token.status).toBe(200);
    const { settings } = (await operator.get(`clients/${made.client_id}`)).json<ClientJson & object>();
    expect(settings).toEqual({ ...body });
    await logged(server(), 'client_registered');
  });

  it.each<[string, object, string]>([
    ['a return address without https', { redirect_uris: [RETURN, 'http://shop.example/back'] }, 'redirect_uris'],
    ['a return address with a wildcard', { redirect_uris: ['https://*.shop.example/'] }, 'redirect_uris'],
    ['no return address', { redirect_uris: [] }, 'redirect_uris'],
    [
      'an address after sign-out with a fragment',
      { post_logout_redirect_uris: [`${RETURN}#a`] },
      'post_logout_redirect_uris',
    ],
    ['no name', { client_name: '' }, 'client_name'],
    ['a name that turns the text around it', { client_name: 'a\u202eb' }, 'client_name'],
    ['a key method without keys', { token_endpoint_auth_method: 'private_key_jwt' }, 'private_key_jwt'],
    ['keys at a place that is not called', { jwks_uri: 'https://127.0.0.1/jwks' }, 'jwks_uri'],
    ['a grant type that is none', { grant_types: ['password'] }, 'grant_types'],
    ['a grant by itself without a secret', { token_endpoint_auth_method: 'none' }, 'grant_types'],
    ['a resource that is none', { audiences: ['https://nowhere.example'] }, 'audiences'],
    ['what is no scope', { scope: 'a "b"' }, 'scope'],
  ])(
    'attack classes 2, 6, 205, 210: %s is refused with its field, at registration and at changes',
    async (_what, wrong, field) => {
      const operator = await api();
      const { client_id: id } = await registered(operator);
      const answers = [
        await operator.change('POST', 'clients', { ...SETTINGS, ...wrong }),
        await operator.change('PUT', `clients/${id}`, { ...SETTINGS, ...wrong }),
      ];
      for (const answer of answers) {
        expect(outcome(answer)).toBe('400 invalid_request');
        expect(Object.keys(answer.json<{ fields: object }>().fields)).toEqual([field]);
      }
    },
  );

  it('a body that is none, or has members that nobody knows, is refused', async () => {
    const operator = await api();
    for (const body of [[], {}, { ...SETTINGS, vouched_by: 'operator' }, { ...SETTINGS, publisher: 'a\u202eb' }]) {
      expect(outcome(await operator.change('POST', 'clients', body))).toBe('400 invalid_request');
    }
  });

  it('a change is of the version that was read: of two, one is made, and the other is told how it is now', async () => {
    const operator = await api();
    const { client_id: id, version } = await registered(operator, { client_name: 'Versions' });
    const change = (name: string) =>
      operator.change('PUT', `clients/${id}`, { ...SETTINGS, client_name: name }, { 'if-match': `"${version}"` });
    const answers = await Promise.all(['One', 'Two', 'Three'].map(change));
    const made = answers.filter(({ status }) => status === 200);
    expect(made.length).toBe(1);
    const lost = answers.filter(({ status }) => status === 412);
    expect(lost.length).toBe(2);
    const name = made[0]?.json<ClientJson & object>().name;
    for (const answer of lost) expect(answer.json<{ current: ClientJson }>().current.name).toBe(name);
  });

  it('a method that uses no secret ends the secret, and one that does gets one', async () => {
    const operator = await api();
    const made = await registered(operator);
    const put = async (settings: object) =>
      (await operator.change('PUT', `clients/${made.client_id}`, { ...SETTINGS, ...settings })).json<
        ClientJson & object
      >();
    const grants = { grant_types: ['authorization_code'] };
    expect(await put({ token_endpoint_auth_method: 'none', ...grants })).toMatchObject({
      secrets: { valid: 0 },
      kind: 'public',
    });
    expect(outcome(await operator.change('POST', `clients/${made.client_id}/secret`))).toBe('409 invalid_state');
    const { client_secret: secret } = await put({});
    const answer = await atWork(server(), made, secret).post('/token', { grant_type: 'client_credentials' });
    expect(answer.status).toBe(200);
    expect(outcome(await atWork(server(), made).post('/token', { grant_type: 'client_credentials' }))).toBe(
      '401 invalid_client',
    );
  });

  it('a new secret: two are valid, until the former one ends', async () => {
    const operator = await api();
    const made = await registered(operator);
    const key = { 'idempotency-key': 'renew' };
    const path = `clients/${made.client_id}/secret`;
    const renewed = (await operator.change('POST', path, undefined, key)).json<{
      client_secret: string;
      former_until: string;
    }>();
    expect((await operator.change('POST', path, undefined, key)).json()).toEqual({
      former_until: renewed.former_until,
    });
    for (const secret of [made.client_secret, renewed.client_secret]) {
      const answer = await atWork(server(), made, secret).post('/token', { grant_type: 'client_credentials' });
      expect(answer.status).toBe(200);
    }
    const view = (await operator.get(`clients/${made.client_id}`)).json();
    expect(view['secrets']).toEqual({ valid: 2, former_until: renewed.former_until });
    expect(Date.parse(renewed.former_until)).toBeGreaterThan(Date.now());
    await logged(server(), 'client_secret_renewed');
  });

  it('what the configuration file says is changed there; what a client said of itself, by itself', async () => {
    const operator = await api();
    const { client_id: own } = await registrarOf(server()).registered();
    const refusals = [
      await operator.change('PUT', 'clients/print-shop', SETTINGS),
      await operator.change('POST', 'clients/print-shop/secret'),
      await operator.change('DELETE', 'clients/print-shop'),
      await operator.change('PUT', `clients/${own}`, SETTINGS),
    ];
    expect(refusals.map(outcome)).toEqual(refusals.map(() => '409 invalid_state'));
    expect((await operator.get('clients/print-shop')).json()['can']).toEqual({
      edit: 'configured',
      renew_secret: 'configured',
      remove: 'configured',
    });
    expect((await operator.get(`clients/${own}`)).json()).toMatchObject({
      vouched_by: 'nobody',
      can: { edit: 'registered_itself', remove: 'yes' },
    });
  });
});

describeServer(
  'P6 a client that is suspended, or removed',
  { config: CONFIG, connections: OWNERS_CONNECTIONS },
  (server) => {
    const isActive = async (token: string) => {
      const { http, world } = server();
      const { secret = '' } = world.clients['photo-service'];

      const headers = { authorization: basic('photo-service', secret) };
      return (await http.form('/introspect', { token }, { headers })).json()['active'];
    };

    /** State of the application's access, and whether its name says that it is suspended. */
    const seenByAlice = async (name: string) => {
      const { items } = (await ownersOf(server()).alice.owner.get('access')).json<{
        items: { state: string; holder: { name: string; suspended?: true } }[];
      }>();
      const row = items.find(({ holder }) => holder.name === name);
      return [row?.state, row?.holder.suspended];
    };

    it('suspended: no tokens, and none of what it has opens anything; resumed: all is as it was, but what ended', async () => {
      const operator = await operatorApi(server());
      const made = await registered(operator, { client_name: 'Rests' });
      const client = atWork(server(), made);
      const { access, refresh } = await client.tokens();
      const { access: ended } = await client.tokens();
      expect([await isActive(access), await isActive(ended)]).toEqual([true, true]);
      const suspended = (await operator.change('POST', `clients/${made.client_id}/suspend`)).json<
        ClientJson & object
      >();
      expect(suspended).toMatchObject({ state: 'suspended', people: { count: 1 } });
      expect([await isActive(access), await isActive(ended)]).toEqual([false, false]);
      expect(outcome(await client.post('/token', refresh))).toBe('401 invalid_client');
      expect(outcome(await client.post('/token', { grant_type: 'client_credentials' }))).toBe('401 invalid_client');
      const again = await operator.change('POST', `clients/${made.client_id}/suspend`);
      expect([again.status, again.json()['suspended_at']]).toEqual([
        200,
        (suspended as unknown as Record<string, unknown>)['suspended_at'],
      ]);
      expect(await seenByAlice('Rests')).toEqual(['suspended', true]);
      await server().restart();
      expect(await isActive(access)).toBe(false);
      const back = await operatorApi(server());
      expect((await back.change('POST', `clients/${made.client_id}/resume`)).json()['state']).toBe('active');
      expect(await seenByAlice('Rests')).toEqual(['active', undefined]);
      expect(await isActive(access)).toBe(true);
      expect((await client.post('/token', refresh)).status).toBe(200);
      await logged(server(), 'client_suspended');
      await logged(server(), 'client_resumed');
    });

    it('one of the configuration file, too; a restart does not undo it, and only an operator does', async () => {
      const operator = await operatorApi(server());
      const { secret = '' } = server().world.clients['print-shop'];
      const shop = atWork(server(), { client_id: 'print-shop' } as ClientJson, secret);
      const asks = async () =>
        outcome(await shop.post('/token', { grant_type: 'client_credentials', resource: PHOTOS }));
      expect(await asks()).toBe('200');
      await operator.change('POST', 'clients/print-shop/suspend');
      expect(await asks()).toBe('401 invalid_client');
      await server().restart();
      expect(await asks()).toBe('401 invalid_client');
      const back = await operatorApi(server());
      await back.change('POST', 'clients/print-shop/resume');
      expect(await asks()).toBe('200');
    });

    it('removed: it says how much ends, all of it ends at once, and nobody finds it any more', async () => {
      const operator = await operatorApi(server());
      const made = await registered(operator, { client_name: 'Goes' });
      const { access, refresh } = await atWork(server(), made).tokens();
      const removed = (await operator.change('DELETE', `clients/${made.client_id}`)).json();
      expect(removed).toEqual({ people: { count: 1 }, grants: { count: 1 } });
      expect(await isActive(access)).toBe(false);
      expect(outcome(await atWork(server(), made).post('/token', refresh))).toBe('401 invalid_client');
      expect(outcome(await operator.get(`clients/${made.client_id}`))).toBe('404 not_found');
      expect(outcome(await operator.change('DELETE', `clients/${made.client_id}`))).toBe('404 not_found');
      expect((await operator.get('clients?q=Goes')).json()['items']).toEqual([]);
      const self = await registrarOf(server()).registered({ client_name: 'Goes itself' });
      expect((await operator.change('DELETE', `clients/${self.client_id}`)).status).toBe(200);
      expect((await registrarOf(server()).manage('GET', self)).status).toBe(401);
    });

    it('a preview of what people are asked is for operators, and nothing can be decided on it', async () => {
      const { issuer } = server();
      const operator = await operatorApi(server());
      const { client_id: id } = await registered(operator, { client_name: '<b>Prev</b>iewed' });
      const { preview } = (await operator.get(`clients/${id}`)).json<{ preview: string }>();
      const seen = async (username: string) => {
        const browser = new FormBrowser(issuer);
        return browser.submit(await browser.open(issuer + preview), { username, password: PASSWORD });
      };
      const page = await seen('alice');
      expect([page.status, page.url]).toEqual([200, issuer + preview]);
      expect(page.text).toContain('Nothing can be allowed or denied here.');
      expect(page.text).toContain('&lt;b&gt;Prev&lt;/b&gt;iewed');
      expect(page.text).not.toMatch(/<form|<script/);
      await givePassword(server(), 'bob');
      expect((await seen('bob')).status).toBe(403);
      expect((await operator.get('clients/photo-service')).json()['preview']).toBeUndefined();
    });
  },
);
