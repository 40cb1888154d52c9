import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { clientOf } from '../support/client.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import type { Shown } from '../support/form-browser.js';
import type { Answer } from '../support/http.js';
import { basic } from '../support/http.js';
import { linkOf, sentTo } from '../support/outbox.js';
import type { Server } from '../support/server.js';
import { textMember } from '../support/uma.js';
import { CALLBACK, PHOTOS } from '../support/world.js';
import { NEW_PASSWORD, PASSWORD, people, signedIn } from './people.js';

const SECRET = 'diary-secret-diary-secret-diary-secret-00';
const { config, env } = people('alice', 'bela', 'cora', 'dora', 'edda', 'finn');
const SET_UP = {
  config,
  env: { ...env, DIARY_SECRET: SECRET },
  issuerPath: '/t1',
  clients: [
    {
      client_id: 'diary',
      name: 'diary',
      type: 'confidential',
      secret: { env: 'DIARY_SECRET' },
      grant_types: ['authorization_code', 'refresh_token'],
      redirect_uris: [CALLBACK],
      scopes: ['openid', 'offline_access', 'photos.read'],
      audiences: [PHOTOS],
    },
  ],
};
const NEW = { password: NEW_PASSWORD, password_again: NEW_PASSWORD };

/** She changes it herself, in a browser that stays signed in. */
async function change(server: Server, username: string): Promise<void> {
  const { browser, shown } = await signedIn(server, username, { page: '/password' });
  const done = await browser.submit(shown, { current_password: PASSWORD, ...NEW });
  expect(done.url).toMatch(/\/changed$/);
}

/** Somebody who reads her mail sets a new one. */
async function recover(server: Server, username: string): Promise<void> {
  const browser = new FormBrowser(server.issuer);
  await browser.submit(await browser.open(`${server.issuer}/account/recovery`), { username });
  const link = linkOf(await sentTo(server, `${username}@example.org`, '/account/recovery/vk_rl_'));
  const done = await browser.submit(await browser.open(link), NEW);
  expect(done.url).toMatch(/\/done$/);
}

/** The operator sets one. */
async function set(server: Server, username: string): Promise<void> {
  const { code } = await server.runCommand(['account-password', username], `${NEW_PASSWORD}\n`);
  expect(code).toBe(0);
}

describeServer('224 what came of sign-ins ends with the password', SET_UP, (server) => {
  const url = (changes: Readonly<Record<string, string>> = {}) => {
    const usual = { client_id: 'diary', scope: 'openid offline_access photos.read', resource: PHOTOS };
    const query = new URLSearchParams(authorizationRequest({ ...usual, ...changes }));
    return `${server().issuer}/authorize?${query.toString()}`;
  };
  const token = (form: Readonly<Record<string, string>>): Promise<Answer> =>
    server().http.form('/token', form, { headers: { authorization: basic('diary', SECRET) } });
  const codeOf = ({ left, text }: Shown): string => {
    const code = left?.searchParams.get('code');
    if (typeof code !== 'string') throw new Error(`no code: ${left?.href ?? text}`);
    return code;
  };
  const redeem = (code: string) =>
    token({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER });
  const refresh = (value: string) => token({ grant_type: 'refresh_token', refresh_token: value });
  const isActive = async (access: string) =>
    (await clientOf(server(), 'photo-service').introspect(access)).json()['active'];
  /** A browser in which she allowed the diary everything. */
  const allowed = async (username: string) => {
    const browser = new FormBrowser(server().issuer);
    const consent = await browser.submit(await browser.open(url()), { username, password: PASSWORD });
    return { browser, code: codeOf(await browser.submit(consent, { decision: 'allow' })) };
  };
  const tokensOf = (answer: Answer) => ({
    access: textMember(answer, 200, 'access_token'),
    refresh: textMember(answer, 200, 'refresh_token'),
  });

  it.each([
    ['she changes it', 'alice', change],
    ['it is recovered by mail', 'bela', recover],
    ['the operator sets it', 'cora', set],
  ])(
    'refresh tokens, access tokens and codes that wait are void when %s; her consent stays',
    async (_, name, renew) => {
      const { browser, code } = await allowed(name);
      const before = tokensOf(await redeem(code));
      const waiting = codeOf(await browser.open(url()));
      expect(await isActive(before.access)).toBe(true);

      await renew(server(), name);

      expect((await refresh(before.refresh)).json()).toMatchObject({ error: 'invalid_grant' });
      expect(await isActive(before.access)).toBe(false);
      expect((await redeem(waiting)).json()).toMatchObject({ error: 'invalid_grant' });

      const again = new FormBrowser(server().issuer);
      const shown = await again.submit(await again.open(url()), { username: name, password: NEW_PASSWORD });
      const after = tokensOf(await redeem(codeOf(shown)));
      expect(await isActive(after.access)).toBe(true);
      expect((await refresh(after.refresh)).status).toBe(200);
    },
  );

  it('those of everybody else live on', async () => {
    const other = tokensOf(await redeem((await allowed('dora')).code));
    await set(server(), 'edda');
    expect(await isActive(other.access)).toBe(true);
    expect((await refresh(other.refresh)).status).toBe(200);
  });

  it('nothing that is redeemed, refreshed or allowed at that moment outlives it', async () => {
    const { browser, code } = await allowed('finn');
    let { refresh: present } = tokensOf(await redeem(code));
    const codes = await Promise.all(Array.from({ length: 12 }, async () => codeOf(await browser.open(url()))));
    const [answers] = await Promise.all([
      Promise.all([...codes.map((one) => redeem(one)), refresh(present), ...codes.map(() => browser.open(url()))]),
      recover(server(), 'finn'),
    ]);
    for (const answer of answers) {
      if ('left' in answer) {
        const late = answer.left?.searchParams.get('code');
        if (typeof late === 'string') expect((await redeem(late)).status).toBe(400);
      } else if (answer.status === 200) {
        ({ refresh: present } = tokensOf(answer));
        expect(await isActive(tokensOf(answer).access)).toBe(false);
        expect((await refresh(present)).status).toBe(400);
      }
    }
  });
});
