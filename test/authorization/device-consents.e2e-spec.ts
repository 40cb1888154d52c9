import { decodeJwt } from 'jose';

import { changeStored, query } from '../support/database-content.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser, type Shown } from '../support/form-browser.js';
import { basic, type Form } from '../support/http.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { textMember } from '../support/uma.js';
import { DEVICE_CODE, PHOTOS } from '../support/world.js';

const DAY = 86_400_000;
const SECRET = 'television-secret-television-secret-0000';
const NAMES = ['ends', 'who', 'rests', 'apart', 'named'];
const SET_UP = {
  clients: NAMES.map((client_id) => ({
    client_id,
    name: `The ${client_id} television`,
    type: 'confidential',
    secret: { env: 'TELEVISION_SECRET' },
    grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE],
    redirect_uris: ['https://television.example/callback'],
    scopes: ['openid', 'email', 'offline_access', 'photos.read', 'photos.write'],
    audiences: [PHOTOS],
    ...(client_id === 'apart' && { backchannel_logout_uri: 'https://television.example/signed-out' }),
  })),
  config: { authorization: { consent_days: [30, 7], device_poll_interval: '1s' } },
  env: { TELEVISION_SECRET: SECRET },
  connections: [{ account: 'alice', client: 'owner-app', scope: 'authorizations authorizations.write' }],
};

describeServer('what a person gives to a device', SET_UP, (server) => {
  beforeAll(() => givePassword(server(), 'alice'));

  const post = (clientId: string, path: string, form: Form) =>
    server().http.form(path, form, { headers: { authorization: basic(clientId, SECRET) } });
  const begin = async (clientId: string, scope: string) => {
    const answer = await post(clientId, '/device_authorization', { scope });
    const link = textMember(answer, 200, 'verification_uri_complete');
    return { deviceCode: textMember(answer, 200, 'device_code'), link };
  };
  const open = async (browser: FormBrowser, link: string) => {
    const page = await browser.open(link);
    return page.text.includes('name="password"')
      ? browser.submit(page, { username: 'alice', password: PASSWORD })
      : page;
  };
  /** She brings the code of a device. @returns the page that asks her, and what the device polls with */
  const asked = async (clientId: string, scope: string, browser = new FormBrowser(server().issuer)) => {
    const { deviceCode, link } = await begin(clientId, scope);
    return { browser, deviceCode, page: await open(browser, link) };
  };
  const allow = (browser: FormBrowser, page: Shown) => browser.submit(page, { decision: 'allow' });
  const allowed = async (clientId: string, scope: string, browser?: FormBrowser) => {
    const one = await asked(clientId, scope, browser);
    expect((await allow(one.browser, one.page)).text).toContain('Your device is connected');
    return one;
  };
  const poll = (clientId: string, deviceCode: string) =>
    post(clientId, '/token', { grant_type: DEVICE_CODE, device_code: deviceCode });
  /** In how many days what alice gave ends; `undefined`: not by itself. */
  const daysLeft = async (clientId: string) => {
    const bearer = server().connections[0]?.access_token ?? '';
    const answer = await server().http.get('/me/authorizations?limit=100', { bearer });
    const { items } = answer.json<{ items: { client: { client_id: string }; expires_at?: string }[] }>();
    return items
      .filter(({ client }) => client.client_id === clientId)
      .map(({ expires_at: at }) => (at === undefined ? undefined : (Date.parse(at) - Date.now()) / DAY));
  };
  const meanwhile = (...statements: string[]) => changeStored(server(), ...statements);

  describe('DV-03 has the end that is preselected, and the page says so', () => {
    it('a consent that begins with more than who she is', async () => {
      const { browser, page } = await asked('ends', 'openid photos.read');
      expect(page.text).toContain('This ends after 30 days');
      await allow(browser, page);
      expect(await daysLeft('ends')).toEqual([expect.closeTo(30, 1)]);
      // An end that is there stays: nobody is asked for another one.
      const more = await asked('ends', 'openid photos.read photos.write', browser);
      expect(more.page.text).not.toContain('This ends after');
      await allow(browser, more.page);
      expect(await daysLeft('ends')).toEqual([expect.closeTo(30, 1)]);
    });

    it('not who she is alone, before more is added to it', async () => {
      const { browser, page } = await asked('who', 'openid email');
      expect(page.text).not.toContain('This ends after');
      await allow(browser, page);
      expect(await daysLeft('who')).toStrictEqual([undefined]);
      await allowed('who', 'openid offline_access', browser);
      expect(await daysLeft('who')).toEqual([expect.closeTo(30, 1)]);
    });
  });

  it('attack class 284: while what she gave rests there is nothing to allow, and nothing is allowed', async () => {
    await allowed('rests', 'openid photos.read');
    await meanwhile(
      `INSERT INTO trusted_issuer (issuer, name, jwks, audiences, algorithms, max_age, enabled)
       VALUES ('https://gone.example', 'Gone', '{"keys":[]}', '[]', '["ES256"]', 1000, FALSE)`,
      `UPDATE authorization_record SET state = 'suspended', party_issuer = 'https://gone.example' WHERE client_id = 'rests'`,
    );
    const { browser, page, deviceCode } = await asked('rests', 'openid photos.read');
    expect(page.text).toContain('is suspended and cannot be given access now');
    expect(page.text).not.toContain('value="allow"');
    const forced = await allow(browser, page);
    expect([forced.status, forced.text.includes('is suspended')]).toEqual([200, true]);
    expect((await poll('rests', deviceCode)).json().error).toBe('authorization_pending');
    await browser.submit(page, { decision: 'deny' });
    expect((await poll('rests', deviceCode)).json().error).toBe('access_denied');
  });

  it('OC-07, OC-08, attack class 224: a device knows no session of her browser, and is told of no end of one', async () => {
    const { browser, deviceCode } = await allowed('apart', 'openid photos.read offline_access');
    const answer = await poll('apart', deviceCode);
    const idToken = textMember(answer, 200, 'id_token');
    expect(decodeJwt(idToken)).not.toHaveProperty('sid');
    const page = await browser.open(`${server().issuer}/sign-out?id_token_hint=${idToken}`);
    expect(page.text).toContain('value="sign_out"');
    const listening = await query(server(), `SELECT client_id FROM session_client WHERE client_id = 'apart'`);
    expect(listening).toEqual([]);
  });

  it.each<[string, Record<string, string>]>([
    ['create', { grant_management_action: 'create' }],
    ['replace', { grant_management_action: 'replace', grant_id: 'g_1' }],
    ['none', { grant_id: 'g_1' }],
  ])('IR-50 a device manages no grants by name: %s is invalid_request', async (_action, form) => {
    const answer = await post('named', '/device_authorization', { scope: 'openid', ...form });
    expect([answer.status, answer.json().error]).toEqual([400, 'invalid_request']);
  });
});
