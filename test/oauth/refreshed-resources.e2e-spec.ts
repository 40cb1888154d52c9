import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { type Answer, basic, type Form } from '../support/http.js';
import { givePassword, PASSWORD } from '../support/person.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, DEVICE_CODE, OTHERS, PHOTOS } from '../support/world.js';
import { entryOf, reconfigure } from '../uma-grant/photo-sharing.js';

const SECRET = 'several-secret-several-secret-several-00';
const SHOP = {
  type: 'confidential',
  secret: { env: 'SEVERAL_SECRET' },
  grant_types: ['authorization_code', 'refresh_token', DEVICE_CODE],
  redirect_uris: [CALLBACK],
  scopes: ['openid', 'offline_access', 'photos.read', 'others.read'],
  audiences: [PHOTOS, OTHERS],
  authorization_details_types: ['payment'],
};
const FIELDS = [{ name: 'locations', kind: 'strings' }];
const SET_UP = {
  config: { authorization_details_types: [{ type: 'payment', display_name: 'Pay', fields: FIELDS }] },
  clients: ['both', 'first', 'refused', 'chosen', 'device', 'narrowed'].map((id) => ({
    ...SHOP,
    client_id: id,
    name: id,
  })),
  env: { SEVERAL_SECRET: SECRET },
};
const ASKED = { scope: 'openid offline_access photos.read others.read' };
const OF_PHOTOS = { type: 'payment', locations: [PHOTOS] };
const OF_OTHERS = { type: 'payment', locations: [OTHERS] };

describeServer('RFC 8707 section 2.2: refreshing for each resource of a grant', SET_UP, (server) => {
  beforeAll(() => givePassword(server(), 'alice'));

  const post = (id: string, path: string, form: Form) =>
    server().http.form(path, form, { headers: { authorization: basic(id, SECRET) } });
  const both = (form: Readonly<Record<string, string>>): [string, string][] => [
    ...Object.entries(form),
    ['resource', PHOTOS],
    ['resource', OTHERS],
  ];
  /** Alice gives what is asked, for all resources or one. @returns the answer to the code, for the resource that is named */
  const redeemed = async (id: string, { given = 'all', resource = PHOTOS, details = '' } = {}) => {
    const browser = new FormBrowser(server().issuer);
    const asked = { ...ASKED, ...(details !== '' && { authorization_details: details }) };
    const query = new URLSearchParams(both({ ...authorizationRequest(asked), client_id: id }));
    const page = await browser.open(`${server().issuer}/authorize?${query.toString()}`);
    const asking = await browser.submit(page, { username: 'alice', password: PASSWORD });
    const { left } = await browser.submit(asking, { decision: 'allow', resources: given });
    const code = left?.searchParams.get('code') ?? '';
    const usual = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
    return post(id, '/token', { ...usual, resource });
  };
  const refreshed = (id: string, of: Answer, form: Form = {}) =>
    post(id, '/token', { grant_type: 'refresh_token', refresh_token: textMember(of, 200, 'refresh_token'), ...form });
  const seenBy = async (service: 'photo-service' | 'other-service', answer: Answer) => {
    const seen = await clientOf(server(), service).introspect(textMember(answer, 200, 'access_token'));
    return seen.json();
  };
  const error = (answer: Answer) => [answer.json()['error'], answer.json()['error_description']];

  it('RI-02, RI-03 gives a token for each resource that she gave, with what concerns that one', async () => {
    const first = await redeemed('both', { details: JSON.stringify([OF_PHOTOS, OF_OTHERS]) });
    expect(first.json()['scope']).toBe('openid offline_access photos.read');
    const second = await refreshed('both', first, { resource: OTHERS });
    expect(second.json()).toMatchObject({
      scope: 'openid offline_access others.read',
      authorization_details: [OF_OTHERS],
    });
    expect(await seenBy('photo-service', second)).toEqual({ active: false });
    expect(await seenBy('other-service', second)).toMatchObject({ aud: OTHERS, authorization_details: [OF_OTHERS] });
    const usual = await refreshed('both', second);
    expect(usual.json()).toMatchObject({
      scope: 'openid offline_access photos.read',
      authorization_details: [OF_PHOTOS],
    });
    expect(await seenBy('photo-service', usual)).toMatchObject({ aud: PHOTOS, scope: 'photos.read' });
    const byScope = await refreshed('both', usual, { scope: 'others.read' });
    expect(await seenBy('other-service', byScope)).toMatchObject({ aud: OTHERS, scope: 'others.read' });
    const userInfo = await refreshed('both', byScope, { resource: server().issuer });
    expect(userInfo.json()).toMatchObject({ scope: 'openid offline_access', authorization_details: [] });
    expect((await refreshed('both', userInfo, { resource: OTHERS })).json()).toMatchObject({
      scope: second.json()['scope'],
    });
  });

  it('RI-02 a code that was redeemed for UserInfo alone leaves every resource to refreshing', async () => {
    const first = await redeemed('first', { resource: server().issuer });
    expect(first.json()['scope']).toBe('openid offline_access');
    const second = await refreshed('first', first, { resource: PHOTOS });
    expect(second.json()['scope']).toBe('openid offline_access photos.read');
    expect((await refreshed('first', second)).json()['scope']).toBe('openid offline_access');
  });

  it('RI-02, CO-08 refuses scopes of two resources, of another one, and a resource beyond the grant; nothing is used up', async () => {
    const first = await redeemed('refused');
    for (const [form, refusal] of [
      [{ scope: 'photos.read others.read' }, ['invalid_scope', expect.stringContaining('ask for one token each')]],
      [{ scope: 'photos.read', resource: OTHERS }, ['invalid_scope', 'The scope does not belong to the resource.']],
      [{ scope: 'photos.write' }, ['invalid_scope', 'The scope exceeds what was granted.']],
      [{ resource: 'https://nobody.example' }, ['invalid_target', expect.any(String)]],
    ] as const)
      expect(error(await refreshed('refused', first, form))).toEqual(refusal);
    expect((await refreshed('refused', first)).status).toBe(200);
  });

  it('RI-02 a resource that she left out is none of the refresh token', async () => {
    const first = await redeemed('chosen', { given: OTHERS, resource: OTHERS });
    expect(error(await refreshed('chosen', first, { resource: PHOTOS }))[0]).toBe('invalid_target');
    expect(error(await refreshed('chosen', first, { scope: 'photos.read' }))[0]).toBe('invalid_scope');
    expect((await refreshed('chosen', first)).json()['scope']).toBe('openid offline_access others.read');
  });

  it('RI-02 a device that she gave two resources reaches both', async () => {
    const begun = await server().http.form('/device_authorization', both(ASKED), {
      headers: { authorization: basic('device', SECRET) },
    });
    const browser = new FormBrowser(server().issuer);
    const page = await browser.open(textMember(begun, 200, 'verification_uri_complete'));
    const asking = await browser.submit(page, { username: 'alice', password: PASSWORD });
    await browser.submit(asking, { decision: 'allow', resources: 'all' });
    const form = { grant_type: DEVICE_CODE, device_code: textMember(begun, 200, 'device_code'), resource: OTHERS };
    const first = await post('device', '/token', form);
    expect(await seenBy('other-service', first)).toMatchObject({ aud: OTHERS });
    expect(await seenBy('photo-service', await refreshed('device', first, { resource: PHOTOS }))).toMatchObject({
      aud: PHOTOS,
      scope: 'photos.read',
    });
  });

  it('RI-02 attack class 50: one resource that the operator takes away is gone, and the other is as before', async () => {
    const first = await redeemed('narrowed');
    const change = (changes: object) =>
      reconfigure(
        server(),
        (settings) => void Object.assign(entryOf(settings, 'clients', 'client_id', 'narrowed'), changes),
      );
    await change({ audiences: [PHOTOS], scopes: ['openid', 'offline_access', 'photos.read'] });
    expect(error(await refreshed('narrowed', first, { resource: OTHERS }))[0]).toBe('invalid_grant');
    const second = await refreshed('narrowed', first);
    expect(second.json()['scope']).toBe('openid offline_access photos.read');
    await change({ audiences: SHOP.audiences, scopes: SHOP.scopes });
    expect((await refreshed('narrowed', second, { resource: OTHERS })).json()['scope']).toContain('others.read');
  });
});
