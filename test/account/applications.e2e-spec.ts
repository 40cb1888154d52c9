import { authorizationRequest, VERIFIER } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import { basic } from '../support/http.js';
import { PHOTOS } from '../support/world.js';
import { PASSWORD, people, signedIn } from './people.js';

const { config, env } = people('alice', 'bela', 'cora', 'dora');
const SECRET = 'planner-secret-planner-secret-planner-00';
const CALLBACK = 'https://planner.example/callback';
const client = (client_id: string, name: string) => ({
  client_id,
  name,
  publisher: 'Globex <b>GmbH</b>',
  type: 'confidential',
  secret: { env: 'PLANNER_SECRET' },
  grant_types: ['authorization_code', 'refresh_token'],
  redirect_uris: [CALLBACK],
  scopes: ['openid', 'email', 'offline_access', 'photos.read'],
  audiences: [PHOTOS],
});
const SET_UP = {
  clients: [
    client('first', 'The first planner'),
    client('second', 'The <b>second</b> planner'),
    { ...client('jwt', 'Reads by itself'), access_token_format: 'jwt' },
  ],
  config: { ...config, authorization: { consent_days: [30] } },
  env: { ...env, PLANNER_SECRET: SECRET },
  issuerPath: '/t1',
};

const inWords = (text: string) => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const idsIn = (text: string) => [...text.matchAll(/name="authorization"\s+value="([^"]+)"/g)].map(([, id = '']) => id);

describeServer('A3 “You can end this at any time”: applications with access', SET_UP, (server) => {
  const listOf = (browser: FormBrowser, query = '') => browser.open(`${server().issuer}/account/applications${query}`);
  /** Allows an application something. @returns its refresh token */
  const allowed = async (browser: FormBrowser, clientId: string): Promise<string> => {
    const scope = 'openid email offline_access photos.read';
    const request = authorizationRequest({ client_id: clientId, redirect_uri: CALLBACK, scope });
    const page = await browser.open(`${server().issuer}/authorize?${new URLSearchParams(request).toString()}`);
    const { left } = await browser.submit(page, { decision: 'allow', duration: '30' });
    const form = {
      grant_type: 'authorization_code',
      code: left?.searchParams.get('code') ?? '',
      redirect_uri: CALLBACK,
      code_verifier: VERIFIER,
    };
    const answer = await server().http.form('/token', form, { headers: { authorization: basic(clientId, SECRET) } });
    return answer.json<{ refresh_token: string }>().refresh_token;
  };
  const refreshed = async (clientId: string, token: string) => {
    const form = { grant_type: 'refresh_token', refresh_token: token };
    return (await server().http.form('/token', form, { headers: { authorization: basic(clientId, SECRET) } })).status;
  };

  it('she finds there who has access, to what, since when and until when, and ends it with one button', async () => {
    const { browser, shown } = await signedIn(server(), 'alice');
    expect(shown.text).toContain('/account/applications');
    expect((await listOf(browser)).text).toContain('No application has access.');
    const first = await allowed(browser, 'first');
    const second = await allowed(browser, 'second');

    const list = await listOf(browser);
    expect(inWords(list.text)).toMatch(
      /The first planner by Globex &lt;b&gt;GmbH&lt;\/b&gt; See your e-mail address .* Allowed just now \(.*\) Never used Until .* \(in \d+ \w+\) Revoke/,
    );
    expect(list.text).not.toContain('<b>');
    const ids = idsIn(list.text);
    expect(ids).toHaveLength(2);
    const names = [...list.text.matchAll(/<h2 class="section">\s*<bdi>([^<]*)/g)].map(([, name]) => name);
    const id = ids[names.indexOf('The first planner')] ?? '';
    const after = await browser.submit(list, { authorization: id });
    expect(after.url).toBe(`${server().issuer}/account/applications`);
    expect(after.text).toContain('The access was revoked.');
    expect(idsIn(after.text)).toEqual(ids.filter((one) => one !== id));
    expect([await refreshed('first', first), await refreshed('second', second)]).toEqual([400, 200]);
    // It is told once, and never because an address says so.
    for (const query of ['', '?ended=yes'])
      expect((await listOf(browser, query)).text).not.toContain('The access was revoked.');
    // The same form once more: there is nothing to end.
    expect((await browser.submit(list, { authorization: id })).text).not.toContain('The access was revoked.');
  });

  it('IR-41, attack classes 215, 226 what is somebody else’s cannot be ended, nor by a form of another page', async () => {
    const { browser: bela } = await signedIn(server(), 'bela');
    const token = await allowed(bela, 'first');
    const hers = await listOf(bela);
    const [foreign = ''] = idsIn(hers.text);
    const { browser: cora } = await signedIn(server(), 'cora');
    await allowed(cora, 'first');
    const answer = await cora.submit(await listOf(cora), { authorization: foreign });
    expect([answer.status, answer.text]).toEqual([200, expect.not.stringContaining('The access was revoked.')]);

    const forged = { ...hers, text: hers.text.replace(/name="csrf" value="[^"]*"/, 'name="csrf" value="x"') };
    expect((await bela.submit(forged, { authorization: foreign })).status).toBe(403);
    const notices = await bela.open(`${server().issuer}/account/notices`);
    const other = { ...notices, text: notices.text.replaceAll('/account/notices', '/account/applications') };
    expect((await bela.submit(other, { authorization: foreign })).status).toBe(403);
    expect(idsIn((await listOf(bela)).text)).toEqual([foreign]);
    expect(await refreshed('first', token)).toBe(200);
  });

  it('RFC 9068 5 where tokens are read without asking here, it says until when they go on, before and after', async () => {
    const { browser } = await signedIn(server(), 'dora');
    await allowed(browser, 'first');
    expect((await listOf(browser)).text).not.toContain('at the latest');
    await allowed(browser, 'jwt');
    const list = await listOf(browser);
    expect(inWords(list.text)).toContain(
      'When you revoke it, the last of its access is over in 10 minutes at the latest.',
    );
    expect(list.text.match(/at the latest/g)).toHaveLength(1);
    const ids = idsIn(list.text);
    const names = [...list.text.matchAll(/<h2 class="section">\s*<bdi>([^<]*)/g)].map(([, name]) => name);
    const after = await browser.submit(list, { authorization: ids[names.indexOf('Reads by itself')] ?? '' });
    expect(inWords(after.text)).toMatch(
      /The access was revoked\. It may still be used at some places until .* \(in \d+ minutes\) at the latest\./,
    );
  });

  it('229 a long list goes on behind a cursor of ours, and ends', async () => {
    const { browser } = await signedIn(server(), 'cora');
    await allowed(browser, 'second');
    const all = idsIn((await listOf(browser)).text);
    const first = await listOf(browser, '?limit=1');
    const next = /href="([^"]*cursor=[^"]*)"/.exec(first.text)?.[1] ?? '';
    const second = await browser.open(next.replaceAll('&amp;', '&'));
    expect([...idsIn(first.text), ...idsIn(second.text)]).toEqual(all);
    expect([all.length, second.text.includes('cursor=')]).toEqual([2, false]);
    for (const query of ['?cursor=zzz', '?cursor=%27%3B--', '?limit=0', '?limit=1e9', '?cursor=a&cursor=b']) {
      const { status, text } = await listOf(browser, query);
      expect([query, status, idsIn(text)]).toEqual([query, 200, all]);
    }
  });

  it('nobody sees it who is not signed in', async () => {
    const page = await listOf(new FormBrowser(server().issuer));
    expect(page.text).toContain('type="password"');
    const found = await new FormBrowser(server().issuer).submit(page, { username: 'alice', password: PASSWORD });
    expect(found.status).toBe(400);
  });
});
