import { outcome } from '../owner-api/owners.js';
import { databaseDump } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { WHICHEVER } from '../support/http.js';
import { logged } from '../support/logged.js';
import { registrarOf } from '../support/registrar.js';
import { atWork, type ClientJson, registered, RETURN, SETTINGS } from './clients.js';
import { BY_ALICE, operatorApi } from './operators.js';

const DRAFT = { words: { texts: { en: { verb: 'frame' } } }, publish: false };
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

  it('A3 what it wants data for and where it is at home stand where people are asked, and go again when they are empty', async () => {
    const operator = await api();
    const words = {
      'purpose#en': 'to frame <b>photos</b>',
      'purpose#de': 'um Fotos zu rahmen',
      client_uri: 'https://home.example/',
    };
    const made = await registered(operator, { client_name: 'Purposeful', ...words });
    expect(made.settings).toMatchObject(words);
    const cookie = operator.headers['cookie'] ?? '';
    const asked = async () =>
      (await server().http.get(`/operator/preview/${made.client_id}`, { headers: { cookie } })).text;
    const page = await asked();
    expect(page).toContain('to frame &lt;b&gt;photos&lt;/b&gt;');
    expect(page).toContain('<bdi>home.example</bdi>');
    const none = { 'purpose#en': undefined, 'purpose#de': '', client_uri: '' };
    const change = { ...SETTINGS, client_name: 'Purposeful', ...none };
    expect((await operator.change('PUT', `clients/${made.client_id}`, change, WHICHEVER)).status).toBe(200);
    expect(await asked()).not.toMatch(/It says|home\.example/);
    for (const wrong of [
      { 'purpose#en': 'a\u202eb' },
      { 'purpose#de': 'x'.repeat(201) },
      { client_uri: 'http://home.example/' },
    ]) {
      expect((await operator.change('POST', 'clients', { ...SETTINGS, ...wrong })).status).toBe(400);
    }
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
        await operator.change('PUT', `clients/${id}`, { ...SETTINGS, ...wrong }, WHICHEVER),
      ];
      for (const answer of answers) {
        expect(outcome(answer)).toBe('400 invalid_request');
        expect(Object.keys(answer.json<{ fields: object }>().fields)).toEqual([field]);
      }
    },
  );

  it.each<[string, string]>([
    ['https://user:word@shop.example/back', 'user_information'],
    ['http://shop.example/back', 'https_of_web'],
    ['https://my_shop.example/back', 'host'],
    ['com.example.app:/back', 'own_scheme_of_web'],
    [`${RETURN}#a`, 'fragment'],
    [`${RETURN}*`, 'wildcard'],
    [`${RETURN}?iss=https://other.example`, 'name_of_answer'],
  ])(
    'attack class 6: %s is refused with the rule that it breaks (%s) and its place in the list',
    async (address, rule) => {
      const operator = await api();
      for (const member of ['redirect_uris', 'post_logout_redirect_uris', 'claims_redirect_uris']) {
        const answer = await operator.change('POST', 'clients', { ...SETTINGS, [member]: [RETURN, address] });
        expect(answer.json()).toMatchObject({ fields: { [member]: rule }, entries: { [member]: 1 } });
        expect(answer.text).not.toContain('word@');
      }
    },
  );

  it('P5: of its scopes those that nobody can give are named, misspelt ones apart; what acts for itself asks nobody', async () => {
    const operator = await api();
    const wording = (scope: string) => Buffer.from(scope).toString('base64url');
    await operator.change('PUT', `wording/${wording('frames.begun')}`, DRAFT, WHICHEVER);
    const scope = 'openid frames.veiw photos.read frames.begun';
    const made = await registered(operator, { scope, grant_types: ['authorization_code'] });
    expect(made).toMatchObject({
      scopes: scope.split(' '),
      unpublished: [
        { scope: 'frames.veiw', wording: wording('frames.veiw'), known: false },
        { scope: 'photos.read', wording: wording('photos.read'), known: true },
        { scope: 'frames.begun', wording: wording('frames.begun'), known: true },
      ],
    });
    const own = await registered(operator, { scope, grant_types: ['client_credentials'], redirect_uris: [] });
    expect(own).toMatchObject({ unpublished: [] });
  });

  it('an address that is written twice is registered once', async () => {
    const { settings } = await registered(await api(), { redirect_uris: [RETURN, RETURN] });
    expect(settings).toMatchObject({ redirect_uris: [RETURN] });
  });

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
      (await operator.change('PUT', `clients/${made.client_id}`, { ...SETTINGS, ...settings }, WHICHEVER)).json<
        ClientJson & object
      >();
    const grants = { grant_types: ['authorization_code'] };
    expect(await put({ token_endpoint_auth_method: 'none', ...grants })).toMatchObject({
      secrets: { valid: 0 },
      kind: 'public',
    });
    expect(outcome(await operator.change('POST', `clients/${made.client_id}/secret`, undefined, WHICHEVER))).toBe(
      '409 invalid_state',
    );
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
    const key = { 'idempotency-key': 'renew', ...WHICHEVER };
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
    expect(view['secrets']).toEqual({
      valid: 2,
      newest_since: expect.any(String) as unknown,
      former_since: (made as unknown as { secrets: Record<string, unknown> }).secrets['newest_since'],
      former_until: renewed.former_until,
    });
    expect(Date.parse(renewed.former_until)).toBeGreaterThan(Date.now());
    await logged(server(), 'client_secret_renewed');
  });

  it('of several who read one version, one makes a secret: what the application uses never ends unseen', async () => {
    const operator = await api();
    const made = await registered(operator);
    const read = { 'if-match': `"${made.version}"` };
    const renew = () => operator.change('POST', `clients/${made.client_id}/secret`, undefined, read);
    const answers = await Promise.all([renew(), renew(), renew()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 412, 412]);
    const lost = answers.find(({ status }) => status === 412);
    expect(lost?.json<{ current: object }>().current).toMatchObject({ secrets: { valid: 2 } });
    for (const step of ['suspend', 'resume'])
      expect((await operator.change('POST', `clients/${made.client_id}/${step}`, undefined, read)).status).toBe(412);
    expect((await operator.change('DELETE', `clients/${made.client_id}`, undefined, read)).status).toBe(412);
    const answer = await atWork(server(), made).post('/token', { grant_type: 'client_credentials' });
    expect(answer.status).toBe(200);
  });

  it('what the configuration file says is changed there; what a client said of itself, by itself', async () => {
    const operator = await api();
    const { client_id: own } = await registrarOf(server()).registered();
    const refusals = [
      await operator.change('PUT', 'clients/print-shop', SETTINGS, WHICHEVER),
      await operator.change('POST', 'clients/print-shop/secret', undefined, WHICHEVER),
      await operator.change('DELETE', 'clients/print-shop', undefined, WHICHEVER),
      await operator.change('PUT', `clients/${own}`, SETTINGS, WHICHEVER),
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
