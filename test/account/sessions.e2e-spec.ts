import { describeServer } from '../support/engines.js';
import type { FormBrowser } from '../support/form-browser.js';
import { isSignedIn, PASSWORD, people, signedIn } from './people.js';

const { config, env } = people('alice', 'bela', 'cora', 'dora');

/** Ids of the sessions that a page can end. */
const idsIn = (text: string) =>
  [...text.matchAll(/name="session"\s+value="([^"]+)"/g)].map(([, id = '']) => id).filter((id) => id !== 'others');

describeServer('a person sees and ends her sessions', { config, env, issuerPath: '/t1' }, (server) => {
  const sessionsOf = (browser: FormBrowser, query = '') => browser.open(`${server().issuer}/account/sessions${query}`);

  it('224 ends one, then all others; the one she is in goes on', async () => {
    const browsers = await Promise.all(Array.from({ length: 4 }, () => signedIn(server(), 'alice')));
    expect(browsers.map(({ shown }) => [shown.status, shown.url])).toEqual(
      browsers.map(() => [200, `${server().issuer}/account`]),
    );
    const [mine, second, third, fourth] = browsers.map(({ browser }) => browser) as [
      FormBrowser,
      FormBrowser,
      FormBrowser,
      FormBrowser,
    ];
    const page = await sessionsOf(mine);
    expect(page.text).toContain('This browser');
    const ids = idsIn(page.text);
    expect(ids).toHaveLength(3);
    const after = await mine.submit(page, { session: ids[0] ?? '' });
    expect(after.text).toContain('One session was ended');
    const alive = () => Promise.all([second, third, fourth].map((one) => isSignedIn(server(), one)));
    expect((await alive()).filter(Boolean)).toHaveLength(2);
    const rest = await mine.submit(after, { session: 'others' });
    expect(rest.text).toContain('2 sessions were ended');
    expect(rest.text).toContain('You are signed in nowhere else');
    expect(await alive()).toEqual([false, false, false]);
    expect(await isSignedIn(server(), mine)).toBe(true);
  });

  it('226 the id of somebody else’s session ends nothing', async () => {
    const { browser: bela } = await signedIn(server(), 'bela');
    await signedIn(server(), 'bela');
    const [foreign = ''] = idsIn((await sessionsOf(bela)).text);
    const { browser: cora } = await signedIn(server(), 'cora');
    const page = await sessionsOf(cora);
    const answer = await cora.submit(page, { session: foreign });
    expect([answer.status, answer.text]).toEqual([200, expect.not.stringContaining('was ended')]);
    expect(idsIn((await sessionsOf(bela)).text)).toEqual([foreign]);
  });

  it('218 what a browser says of itself is no markup; 229 cursors are ours, and lists end', async () => {
    const { browser } = await signedIn(server(), 'dora');
    for (let count = 0; count < 3; count += 1) await signedIn(server(), 'dora');
    const first = await sessionsOf(browser, '?limit=2');
    const next = /href="([^"]*cursor=[^"]*)"/.exec(first.text)?.[1] ?? '';
    const second = await browser.open(next.replaceAll('&amp;', '&'));
    expect(second.status).toBe(200);
    expect(second.text).toContain('This browser');
    for (const query of ['?cursor=%27%3B--', '?limit=0', '?limit=1e9', '?cursor=a&cursor=b'])
      expect([query, idsIn((await sessionsOf(browser, query)).text).length]).toEqual([query, 3]);
    for (const lie of ['2', '%3Cb%3E'])
      expect((await sessionsOf(browser, `?ended=${lie}`)).text).not.toMatch(/was ended|were ended|<b>/);

    const { http, issuer } = server();
    const start = await http.get('/account', { headers: { 'user-agent': '<img src=x onerror=alert(1)>' } });
    const cookie = (start.headers['set-cookie'] ?? []).map((line) => line.split(';')[0]).join('; ');
    const path = (start.headers.location ?? '').slice(issuer.length);
    const headers = { cookie, 'user-agent': '<img src=x onerror=alert(1)>' };
    const csrf = /name="csrf" value="([^"]+)"/.exec((await http.get(path, { headers })).text)?.[1];
    const form = { csrf, username: 'dora', password: PASSWORD };
    expect((await http.form(`${path}/sign-in`, form, { headers })).status).toBe(303);
    expect((await sessionsOf(browser)).text).not.toContain('<img');
  });
});
