import { decodeJwt } from 'jose';

import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { clientOf } from '../support/client.js';
import { keyHolder } from '../support/dpop.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { type Answer, basic } from '../support/http.js';
import { allowed, givePassword } from '../support/person.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, PHOTOS } from '../support/world.js';

const SCOPE = 'openid profile photos.read offline_access';
const outcome = (answer: Answer) => [answer.status, answer.json().error];
const REFUSED = [401, 'invalid_token'];
/** One whose access tokens are opaque, and one whose are JWTs. */
const SHOPS = ['print-shop', 'signed-shop'] as const;
const SET_UP = { issuerPath: '/t1', config: { registration: { mode: 'initial_access_token' } } };
type Shop = (typeof SHOPS)[number];

describeServer('decision 8: UserInfo and a token for an API', SET_UP, (server) => {
  let browser: FormBrowser;
  beforeAll(async () => {
    await givePassword(server(), 'alice');
    browser = new FormBrowser(server().issuer);
  });
  const codeForm = async (shop: Shop, changes: Record<string, string> = {}) => {
    const query = new URLSearchParams(authorizationRequest({ client_id: shop, scope: SCOPE, ...changes }));
    const back = await allowed(browser, `${server().issuer}/authorize?${query.toString()}`);
    const code = back.searchParams.get('code') ?? '';
    return { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER };
  };
  const signedIn = async (shop: Shop, changes: Record<string, string> = {}, form: Record<string, string> = {}) =>
    clientOf(server(), shop).token({ ...(await codeForm(shop, changes)), ...form });
  const accessOf = (answer: Answer) => textMember(answer, 200, 'access_token');
  const refreshOf = (answer: Answer) => textMember(answer, 200, 'refresh_token');
  const userInfo = (bearer: string) => server().http.get('/userinfo', { bearer });

  it.each(SHOPS)('OC-05 opens UserInfo where %s named no resource, and after each refresh', async (shop) => {
    const first = await signedIn(shop);
    const { sub } = decodeJwt(textMember(first, 200, 'id_token'));
    const second = await clientOf(server(), shop).refresh(refreshOf(first));
    const third = await clientOf(server(), shop).refresh(refreshOf(second));
    for (const answer of [first, second, third]) {
      const told = await userInfo(accessOf(answer));
      expect([told.status, told.json()]).toEqual([200, expect.objectContaining({ sub, name: 'Alice Archer' })]);
      expect(told.json()).not.toHaveProperty('email');
    }
  });

  it.each(SHOPS)('RI-02, CO-17 does not where %s named one, at either endpoint', async (shop) => {
    const named = [await signedIn(shop, { resource: PHOTOS }), await signedIn(shop, {}, { resource: PHOTOS })];
    for (const answer of named) {
      expect(outcome(await userInfo(accessOf(answer)))).toEqual(REFUSED);
      const refreshed = await clientOf(server(), shop).refresh(refreshOf(answer));
      expect(outcome(await userInfo(accessOf(refreshed)))).toEqual(REFUSED);
    }
    const unnamed = await signedIn(shop);
    const narrow = await clientOf(server(), shop).refresh(refreshOf(unnamed), { resource: PHOTOS });
    expect(outcome(await userInfo(accessOf(narrow)))).toEqual(REFUSED);
    // The grant itself is as it was.
    const wide = await clientOf(server(), shop).refresh(refreshOf(narrow));
    expect((await userInfo(accessOf(wide))).status).toBe(200);
  });

  it.each(SHOPS)('CO-17 does not without openid, whatever %s asked first', async (shop) => {
    const without = await signedIn(shop, { scope: 'profile photos.read offline_access' });
    expect(outcome(await userInfo(accessOf(without)))).toEqual(REFUSED);
    const less = await clientOf(server(), shop).refresh(refreshOf(await signedIn(shop)), { scope: 'photos.read' });
    expect(outcome(await userInfo(accessOf(less)))).toEqual(REFUSED);
  });

  it.each(SHOPS)('IR-05 the API that %s uses sees its own audience and scopes alone', async (shop) => {
    const token = accessOf(await signedIn(shop));
    const seen = (await clientOf(server(), 'photo-service').introspect(token)).json();
    expect(seen).toMatchObject({ active: true, aud: PHOTOS, scope: 'photos.read' });
    for (const name of ['name', 'email', 'locale']) expect(seen).not.toHaveProperty(name);
    expect((await clientOf(server(), 'other-service').introspect(token)).json()).toEqual({ active: false });
    if (shop === 'signed-shop') expect(decodeJwt(token).aud).toBe(PHOTOS);
  });

  /** The APIs of this server that take a bearer token, and what each says to this one. */
  const ownApis = async (bearer: string) => {
    const { http } = server();
    const asked: [string, Promise<Answer>][] = [
      ...['/me/authorizations', '/me/policies', '/uma/resources/', '/grants/x', '/userinfo'].map(
        (path): [string, Promise<Answer>] => [path, http.get(path, { bearer })],
      ),
      ['/introspect', http.form('/introspect', { token: bearer }, { bearer })],
      ['/uma/permission', http.send({ method: 'POST', path: '/uma/permission', bearer })],
      ['/register', http.json('POST', '/register', { redirect_uris: [CALLBACK] }, { bearer })],
    ];
    return Promise.all(asked.map(async ([path, answer]) => [path, ...outcome(await answer)]));
  };
  const opened = (answers: readonly unknown[][]) =>
    answers.filter(([, ...said]) => said.join(' ') !== REFUSED.join(' '));

  it.each(SHOPS)(
    'CO-17, OC-05 attack class 72: a token of %s for an API that it named opens none of this server, UserInfo neither',
    async (shop) => {
      for (const answer of [await signedIn(shop, { resource: PHOTOS }), await signedIn(shop, {}, { resource: PHOTOS })])
        expect(opened(await ownApis(accessOf(answer)))).toEqual([]);
    },
  );

  it.each(SHOPS)(
    'CO-17, OC-05 attack class 72: where %s named none UserInfo is the one exception, for what was granted (decision 8)',
    async (shop) => {
      const bearer = accessOf(await signedIn(shop));
      expect(opened(await ownApis(bearer))).toEqual([['/userinfo', 200, undefined]]);
      expect(Object.keys((await userInfo(bearer)).json())).not.toContain('email');
      const plain = accessOf(await signedIn(shop, { scope: 'profile photos.read' }));
      expect(opened(await ownApis(plain))).toEqual([]);
    },
  );

  it('OC-05 tells nothing once the token was revoked, or the grant', async () => {
    for (const shop of SHOPS) {
      const token = accessOf(await signedIn(shop));
      await clientOf(server(), shop).revoke(token);
      expect(outcome(await userInfo(token))).toEqual(REFUSED);
    }
  });

  it('DP-06 attack class 182: bound to a key it opens UserInfo with a proof, and for no API that passes it on', async () => {
    const holder = await keyHolder(server());
    const { secret = '' } = server().world.clients['print-shop'];
    const answer = await server().http.form('/token', await codeForm('print-shop'), {
      headers: { authorization: basic('print-shop', secret), dpop: await holder.proof('POST', '/token') },
    });
    const token = accessOf(answer);
    expect(outcome(await userInfo(token))).toEqual(REFUSED);
    const headers = await holder.presented('GET', '/userinfo', token);
    expect((await server().http.get('/userinfo', { headers })).json()).toMatchObject({ name: 'Alice Archer' });
  });
});
