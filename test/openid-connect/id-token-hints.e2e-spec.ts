import { decodeJwt, decodeProtectedHeader } from 'jose';

import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { past } from '../support/eventually.js';
import { basic } from '../support/http.js';
import { FormBrowser } from '../support/form-browser.js';
import { allowed, givePassword, locationOf } from '../support/person.js';
import { publishedKeys } from '../support/published-keys.js';
import { signHmac, signingInput } from '../support/raw-jws.js';
import { CALLBACK, PHOTOS } from '../support/world.js';

const SECRET = 'hinting-secret-hinting-secret-hinting-secret';
const hinting = {
  client_id: 'hinting',
  name: 'Hinting',
  type: 'confidential',
  secret: { env: 'HINTING_SECRET' },
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: [CALLBACK],
  scopes: ['openid', 'profile', 'introspect'],
  userinfo_signed_response_alg: 'RS256',
};
/** Its access tokens are JWTs for another API. */
const jwtApp = {
  ...hinting,
  client_id: 'jwt-app',
  scopes: ['openid', 'photos.read'],
  audiences: [PHOTOS],
  access_token_format: 'jwt',
};
const SET_UP = {
  clients: [hinting, jwtApp],
  env: { HINTING_SECRET: SECRET },
  // ID tokens live as long.
  config: { tokens: { access_token_lifetime: '5s' } },
};

describeServer('OpenID Connect Core §3.1.2.1, RP-Initiated Logout §2: what is an ID token', SET_UP, (server) => {
  const hints = new Map<string, string>();
  let browser: FormBrowser;
  const authorize = (changes: Record<string, string>) => {
    const query = new URLSearchParams(
      authorizationRequest({ client_id: 'hinting', scope: 'openid profile', ...changes }),
    );
    return `${server().issuer}/authorize?${query.toString()}`;
  };
  const as = (id: string) => ({ authorization: basic(id, SECRET) });
  const signIn = async (id: string, scope: string) => {
    const back = await allowed(browser, authorize({ client_id: id, scope }));
    const form = {
      grant_type: 'authorization_code',
      code: back.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
    };
    const answer = await server().http.form('/token', form, { headers: as(id) });
    return answer.json<{ access_token: string; id_token: string }>();
  };

  beforeAll(async () => {
    await givePassword(server(), 'alice');
    browser = new FormBrowser(server().issuer);
    const { access_token: bearer, id_token: idToken } = await signIn('hinting', 'openid profile');
    hints.set('an ID token', idToken);
    hints.set('a UserInfo answer', (await server().http.get('/userinfo', { bearer })).text);
    const headers = { ...as('hinting'), accept: 'application/token-introspection+jwt' };
    hints.set(
      'an introspection answer',
      (await server().http.form('/introspect', { token: bearer }, { headers })).text,
    );
    const jarm = await allowed(browser, authorize({ response_mode: 'jwt' }));
    hints.set('an answer of the authorization endpoint', jarm.searchParams.get('response') ?? '');
    hints.set('an access token', (await signIn('jwt-app', 'openid photos.read')).access_token);
    const header = { ...decodeProtectedHeader(idToken) };
    const claims = decodeJwt(idToken);
    const [, payload = '', signature = ''] = idToken.split('.');
    hints.set('one that nobody signed', `${signingInput({ ...header, alg: 'none' }, claims)}.`);
    const { keys } = await publishedKeys(server());
    const own = JSON.stringify(keys.find(({ kid }) => kid === header.kid));
    hints.set('one signed with the public key', signHmac({ ...header, alg: 'HS256' }, claims, own));
    hints.set('one with another payload', `${signingInput(header, { ...claims, sid: 'x' })}.${signature}`);
    hints.set('one of an unknown key', `${signingInput({ ...header, kid: 'unknown' }, claims)}.${signature}`);
    hints.set('its middle', payload);
  });

  it('OC-03 an ID token of hers is a hint: she is sent back without a question', async () => {
    const back = locationOf(
      await browser.open(authorize({ prompt: 'none', id_token_hint: hints.get('an ID token') ?? '' })),
    );
    expect(back.searchParams.get('code')).toMatch(/^vk_ac_/);
  });

  const OTHERS = [
    'a UserInfo answer',
    'an introspection answer',
    'an answer of the authorization endpoint',
    'an access token',
    'one that nobody signed',
    'one signed with the public key',
    'one with another payload',
    'one of an unknown key',
    'its middle',
  ];

  it.each(OTHERS)('OC-03, OC-07 29, 86 %s is no hint: nobody is answered for, nobody is signed out', async (what) => {
    const hint = hints.get(what) ?? '';
    expect(hint.length).toBeGreaterThan(100);
    const refused = locationOf(await browser.open(authorize({ prompt: 'none', id_token_hint: hint })));
    expect(refused.searchParams.get('error')).toBe('login_required');
    expect(refused.searchParams.has('code')).toBe(false);
    const page = await browser.open(`${server().issuer}/sign-out?id_token_hint=${hint}`);
    expect([page.status, page.left, page.text.includes('value="sign_out"')]).toEqual([200, undefined, true]);
    const still = locationOf(await browser.open(authorize({ prompt: 'none' })));
    expect(still.searchParams.has('code')).toBe(true);
  });

  it('OC-03, OC-07 an ID token that has expired is still a hint, and signs her out without a question', async () => {
    const { exp = Infinity } = decodeJwt(hints.get('an ID token') ?? '');
    await past((exp + 1) * 1_000);
    const hint = { id_token_hint: hints.get('an ID token') ?? '' };
    const hinted = locationOf(await browser.open(authorize({ prompt: 'none', ...hint })));
    expect(hinted.searchParams.get('code')).toMatch(/^vk_ac_/);
    await browser.open(`${server().issuer}/sign-out?id_token_hint=${hints.get('an ID token') ?? ''}`);
    const gone = locationOf(await browser.open(authorize({ prompt: 'none' })));
    expect(gone.searchParams.get('error')).toBe('login_required');
  });
});
