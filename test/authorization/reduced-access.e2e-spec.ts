import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { textMember } from '../support/uma.js';
import type { Settings } from '../support/world.js';
import { CALLBACK, DEVICE_CODE, OTHERS, PHOTOS } from '../support/world.js';
import { entryOf, reconfigure } from '../uma-grant/photo-sharing.js';

const SECRET = 'reduced-secret-reduced-secret-reduced-00';
const PAYMENT_TYPE = { type: 'payment', display_name: 'Pay from your account' };
const SCOPES = ['openid', 'offline_access', 'photos.read', 'photos.write', 'others.read'];
const SHOP = {
  client_id: 'reduced',
  name: 'Reduced',
  type: 'confidential',
  secret: { env: 'REDUCED_SECRET' },
  grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE],
  redirect_uris: [CALLBACK],
  scopes: SCOPES,
  audiences: [PHOTOS, OTHERS],
  authorization_details_types: ['payment'],
};
const SET_UP = {
  clients: [SHOP],
  config: { authorization_details_types: [PAYMENT_TYPE] },
  env: { REDUCED_SECRET: SECRET },
};
type Form = Readonly<Record<string, string>>;
const ASKED = { scope: 'openid offline_access photos.read photos.write', resource: PHOTOS };
const DETAILS = JSON.stringify([{ type: 'payment' }]);

describeServer('what the operator takes from a client between consent and token', SET_UP, (server) => {
  beforeAll(() => givePassword(server(), 'alice'));
  afterEach(() => change(SHOP));

  const change = (members: Settings) =>
    reconfigure(server(), (settings) => {
      const entry = entryOf(settings, 'clients', 'client_id', 'reduced');
      for (const member of Object.keys(entry)) delete entry[member];
      Object.assign(entry, SHOP, members);
    });
  const token = (form: Form) =>
    server().http.form('/token', form, { headers: { authorization: basic('reduced', SECRET) } });
  /** Alice allows what the application asks for. @returns what redeems it */
  const codeFor = async (changes: Form) => {
    const browser = new FormBrowser(server().issuer);
    const request = new URLSearchParams(authorizationRequest({ client_id: 'reduced', prompt: 'consent', ...changes }));
    const page = await browser.open(`${server().issuer}/authorize?${request.toString()}`);
    const asked = await browser.submit(page, { username: 'alice', password: PASSWORD });
    const { left } = await browser.submit(asked, { decision: 'allow' });
    const code = left?.searchParams.get('code') ?? '';
    return { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
  };
  const deviceFor = async (changes: Form) => {
    const headers = { authorization: basic('reduced', SECRET) };
    const begun = await server().http.form('/device_authorization', changes, { headers });
    const browser = new FormBrowser(server().issuer);
    const page = await browser.open(textMember(begun, 200, 'verification_uri_complete'));
    const confirm = await browser.submit(page, { username: 'alice', password: PASSWORD });
    await browser.submit(confirm, { decision: 'allow' });
    return { grant_type: DEVICE_CODE, device_code: textMember(begun, 200, 'device_code') };
  };

  describe.each([
    ['a code', codeFor],
    ['a device', deviceFor],
  ])('%s', (_what, give) => {
    it('gives no scope that is gone: no refresh token without offline_access, no ID token without openid', async () => {
      const form = await give(ASKED);
      await change({ scopes: ['photos.read'], optional_scopes: [] });
      const answer = (await token(form)).json();
      expect(answer).toMatchObject({ scope: 'photos.read' });
      expect(answer).not.toHaveProperty('refresh_token');
      expect(answer).not.toHaveProperty('id_token');
    });

    it('gives nothing where nothing is left, and comes back with what it was when that returns', async () => {
      const form = await give(ASKED);
      await change({ scopes: ['others.read'] });
      expect((await token(form)).json()['error']).toBe('invalid_grant');
      await change(SHOP);
      expect((await token(form)).json()).toMatchObject({ scope: ASKED.scope, token_type: 'Bearer' });
    });

    it('gives no token for a resource that is gone', async () => {
      const form = await give(ASKED);
      await change({ audiences: [OTHERS] });
      expect((await token(form)).json()['error']).toBe('invalid_grant');
    });

    it('RA-04 gives no details of a type that is gone', async () => {
      const form = await give({ ...ASKED, authorization_details: DETAILS });
      await change({ authorization_details_types: [] });
      const answer = (await token(form)).json();
      expect(answer).toMatchObject({ scope: ASKED.scope, authorization_details: [] });
    });
  });

  it('CO-17 a code says no more than its record, where that was narrowed since', async () => {
    const first = await codeFor({ ...ASKED, grant_management_action: 'create' });
    const grantId = textMember(await token(first), 200, 'grant_id');
    const merge = {
      scope: 'openid photos.write',
      resource: PHOTOS,
      grant_management_action: 'merge',
      grant_id: grantId,
    };
    const wide = await codeFor(merge);
    await codeFor({ ...merge, scope: 'openid photos.read', grant_management_action: 'replace' });
    const answer = (await token(wide)).json();
    expect(answer['scope'] ?? answer['error']).not.toContain('photos.write');
  });
});
