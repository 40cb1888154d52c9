import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { type Answer, basic } from '../support/http.js';
import { allowed, givePassword } from '../support/person.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, OTHERS, PHOTOS } from '../support/world.js';
import { entryOf, reconfigure } from '../uma-grant/photo-sharing.js';

const SECRET = 'merger-secret-merger-secret-merger-00000';
const SCOPES = ['openid', 'email', 'offline_access', 'photos.read', 'photos.write', 'others.read'];
const client = (client_id: string, audiences: string[]) => ({
  client_id,
  name: client_id,
  type: 'confidential',
  secret: { env: 'MERGER_SECRET' },
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: [CALLBACK],
  scopes: SCOPES,
  audiences,
  authorization_details_types: ['payment'],
});
const FIELDS = [{ name: 'locations', kind: 'strings' }];
const SET_UP = {
  config: { authorization_details_types: [{ type: 'payment', display_name: 'Pay', fields: FIELDS }] },
  // The second one names no resource, ever: its scopes open those that they belong to.
  clients: [client('merger', [PHOTOS, OTHERS]), client('unnamed', []), client('reduced', [PHOTOS, OTHERS])],
  env: { MERGER_SECRET: SECRET },
};
const OF_PHOTOS = { type: 'payment', locations: [PHOTOS] };
const OF_OTHERS = { type: 'payment', locations: [OTHERS] };
const ROUNDS = 12;
type Form = Readonly<Record<string, string>>;

describeServer('Grant Management: tokens of a grant that was added to', SET_UP, (server) => {
  let alice: FormBrowser;
  beforeAll(async () => {
    await givePassword(server(), 'alice');
    alice = new FormBrowser(server().issuer);
  });

  const token = (form: Form, id: string) =>
    server().http.form('/token', form, { headers: { authorization: basic(id, SECRET) } });
  /** Alice allows it. @returns what redeems the code */
  const asked = async (form: Form, id = 'merger'): Promise<Form> => {
    const query = new URLSearchParams({ ...authorizationRequest(form), client_id: id });
    const back = await allowed(alice, `${server().issuer}/authorize?${query.toString()}`);
    const code = back.searchParams.get('code') ?? '';
    return { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
  };
  const created = async (form: Form, id = 'merger') => {
    const answer = await token(await asked({ ...form, grant_management_action: 'create' }, id), id);
    return { answer, grantId: textMember(answer, 200, 'grant_id') };
  };
  const adding = (grantId: string, form: Form, id = 'merger') =>
    asked({ ...form, grant_management_action: 'merge', grant_id: grantId }, id);
  const refreshed = (of: Answer, form: Form = {}, id = 'merger') =>
    token({ grant_type: 'refresh_token', refresh_token: textMember(of, 200, 'refresh_token'), ...form }, id);
  const scopes = (answer: Answer) => textMember(answer, 200, 'scope').split(' ').sort();
  const seenBy = async (service: 'photo-service' | 'other-service', answer: Answer) =>
    (await clientOf(server(), service).introspect(textMember(answer, 200, 'access_token'))).json();

  it('IR-50 the answer says and refreshes all of the grant, whether or not offline_access was asked for again', async () => {
    const { answer: first, grantId } = await created({ scope: 'openid offline_access photos.read' });
    const merged = await token(await adding(grantId, { scope: 'openid photos.write' }), 'merger');
    expect(textMember(merged, 200, 'grant_id')).toBe(grantId);
    expect(scopes(merged)).toEqual(['offline_access', 'openid', 'photos.read', 'photos.write']);
    expect((await refreshed(first)).json()['error']).toBe('invalid_grant');
    expect(await seenBy('photo-service', first)).toMatchObject({ active: true });
    const narrow = await refreshed(merged, { scope: 'photos.read' });
    expect(scopes(narrow)).toEqual(['photos.read']);
    expect(scopes(await refreshed(narrow))).toEqual(scopes(merged));
  });

  it('IR-50 refresh tokens of before stay good until those that take their place are fetched', async () => {
    const { answer: first, grantId } = await created({ scope: 'openid offline_access photos.read' });
    const code = await adding(grantId, { scope: 'openid photos.write' });
    const second = await refreshed(first);
    expect(scopes(second)).toEqual(['offline_access', 'openid', 'photos.read']);
    const wrong = await token({ ...code, code_verifier: `${VERIFIER}x` }, 'merger');
    expect(wrong.json()['error']).toBe('invalid_grant');
    const third = await refreshed(second);
    expect(scopes(await token(code, 'merger'))).toContain('photos.write');
    expect((await refreshed(third)).json()['error']).toBe('invalid_grant');
  });

  it('IR-50, RI-02, RA-05 it is for the resource that was added, and refreshes to those from before with their details', async () => {
    const { grantId } = await created({
      scope: 'openid offline_access photos.read',
      resource: PHOTOS,
      authorization_details: JSON.stringify([OF_PHOTOS]),
      claims: '{"userinfo":{"email":null}}',
    });
    const more = { scope: 'others.read', resource: OTHERS, authorization_details: JSON.stringify([OF_OTHERS]) };
    const merged = await token(await adding(grantId, more), 'merger');
    expect(scopes(merged)).toEqual(['offline_access', 'openid', 'others.read']);
    expect(merged.json()['authorization_details']).toEqual([OF_OTHERS, OF_PHOTOS]);
    expect(await seenBy('other-service', merged)).toMatchObject({ aud: OTHERS, authorization_details: [OF_OTHERS] });
    const photos = await refreshed(merged, { resource: PHOTOS });
    expect(await seenBy('photo-service', photos)).toMatchObject({
      aud: PHOTOS,
      scope: 'photos.read',
      authorization_details: [OF_PHOTOS],
    });
    const own = await refreshed(photos, { resource: server().issuer });
    const told = await server().http.get('/userinfo', { bearer: textMember(own, 200, 'access_token') });
    expect(told.json()).toHaveProperty('email');
  });

  it('IR-50, CO-17 where nobody named a resource each scope still opens its own', async () => {
    const { grantId } = await created({ scope: 'openid offline_access photos.read' }, 'unnamed');
    const merged = await token(await adding(grantId, { scope: 'others.read' }, 'unnamed'), 'unnamed');
    expect(await seenBy('other-service', merged)).toMatchObject({ aud: OTHERS, scope: 'others.read' });
    const photos = await refreshed(merged, { scope: 'photos.read' }, 'unnamed');
    expect(await seenBy('photo-service', photos)).toMatchObject({ aud: PHOTOS, scope: 'photos.read' });
    const both = await refreshed(photos, { scope: 'photos.read others.read' }, 'unnamed');
    expect(both.json()['error']).toBe('invalid_scope');
    expect(scopes(await refreshed(photos, { resource: PHOTOS }, 'unnamed'))).toContain('photos.read');
  });

  it('IR-50 where the answer has no refresh token, those from before stay as they are', async () => {
    const { answer: first, grantId } = await created({ scope: 'openid offline_access photos.read' }, 'reduced');
    const code = await adding(grantId, { scope: 'openid photos.write' }, 'reduced');
    const change = (left: string[]) =>
      reconfigure(server(), (settings) => void (entryOf(settings, 'clients', 'client_id', 'reduced')['scopes'] = left));
    await change(SCOPES.filter((scope) => scope !== 'offline_access'));
    const merged = await token(code, 'reduced');
    expect(scopes(merged)).toEqual(['openid', 'photos.read', 'photos.write']);
    expect(merged.json()).not.toHaveProperty('refresh_token');
    await change(SCOPES);
    expect(scopes(await refreshed(first, {}, 'reduced'))).toContain('photos.read');
  });

  it('IR-50 of two additions, redeemed in the other order, the last answer is for both', async () => {
    const { grantId } = await created({ scope: 'openid offline_access photos.read' });
    const one = await adding(grantId, { scope: 'photos.write' });
    const other = await adding(grantId, { scope: 'others.read' });
    const second = await token(other, 'merger');
    const first = await token(one, 'merger');
    expect((await refreshed(second)).json()['error']).toBe('invalid_grant');
    expect(scopes(first)).toEqual(['offline_access', 'openid', 'photos.read', 'photos.write']);
    expect(scopes(await refreshed(first, { resource: OTHERS }))).toContain('others.read');
  });

  it('IR-50 additions and a refresh at the same time leave one refresh token, and it is for all', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const { answer: first, grantId } = await created({ scope: 'openid offline_access photos.read' });
      const one = await adding(grantId, { scope: 'photos.write' });
      const other = await adding(grantId, { scope: 'others.read' });
      const answers = await Promise.all([refreshed(first), token(one, 'merger'), token(other, 'merger')]);
      const [old, ...merged] = answers;
      expect(merged.map(({ status }) => status)).toEqual([200, 200]);
      if (old?.status !== 200) expect(old?.json()['error']).toBe('invalid_grant');
      const successors = answers.filter(({ status }) => status === 200);
      const again = [];
      for (const answer of successors) again.push(await refreshed(answer, { resource: PHOTOS }));
      const living = again.filter(({ status }) => status === 200);
      expect(living).toHaveLength(1);
      for (const answer of living) {
        expect(scopes(answer)).toEqual(['offline_access', 'openid', 'photos.read', 'photos.write']);
        expect(scopes(await refreshed(answer, { resource: OTHERS }))).toContain('others.read');
      }
    }
  });
});
