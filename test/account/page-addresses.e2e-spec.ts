import { authorizationRequest } from '../support/authorization-request.js';
import { describeServer } from '../support/engines.js';
import { FormBrowser } from '../support/form-browser.js';
import type { Answer } from '../support/http.js';
import { PASSWORD, people, signedIn } from './people.js';

const { config, env } = people('alice');
const REFERENCE = /[2-9A-Z]{3}-[2-9A-Z]{3}/;

describeServer('addresses that people open', { config, env, issuerPath: '/t1' }, (server) => {
  const asPage = ({ status, headers, text }: Answer) => [
    status,
    headers['content-type'],
    REFERENCE.test(text),
    headers['x-frame-options'],
  ];
  const page = (status: number) => [status, 'text/html; charset=utf-8', true, 'DENY'];

  it('CO-14 where a form was answered with a page, that address opened anew leads back to the sign-in', async () => {
    const browser = new FormBrowser(server().issuer);
    const query = new URLSearchParams(authorizationRequest({ client_id: 'print-shop' })).toString();
    const start = await browser.open(`${server().issuer}/authorize?${query}`);
    const wrong = await browser.submit(start, { username: 'alice', password: 'not the password' });
    expect([wrong.status, wrong.url]).toEqual([401, `${start.url}/sign-in`]);
    for (const part of ['sign-in', 'second-step', 'decision', 'another-person']) {
      const again = await browser.open(`${start.url}/${part}`);
      expect([part, again.status, again.url]).toEqual([part, 200, start.url]);
    }
    const shown = await browser.submit(await browser.open(wrong.url), { username: 'alice', password: PASSWORD });
    expect(shown.text).toContain('value="allow"');
    // In another browser they open nothing.
    expect((await new FormBrowser(server().issuer).open(wrong.url)).status).toBe(400);
  });

  describe('by another name of this machine', () => {
    const by = (host: string, path: string, method = 'GET') =>
      server().http.send({ method, path, headers: { host: `${host}:${new URL(server().issuer).port}` } });
    const pages = [
      '/account',
      '/account/codes?x=1',
      '/device',
      '/sign-out',
      '/authorize?client_id=x',
      '/account/nothing',
    ];

    it.each(['localhost', 'LOCALHOST', '[::1]', '127.0.0.2'])(
      '215 pages are led to the issuer’s own address from %s, where cookies and forms work',
      async (host) => {
        for (const path of pages) {
          const { status, headers } = await by(host, path);
          expect([path, status, headers.location]).toEqual([path, 302, server().issuer + path]);
          expect([headers['set-cookie'], headers['cache-control']]).toEqual([undefined, 'no-store']);
        }
      },
    );

    it('15 no other host leads anywhere, no form is repeated, and no endpoint of programs redirects', async () => {
      for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '127.evil', '127.0.0.1'])
        for (const path of ['/device', '/account/nothing'])
          expect((await by(host, path)).headers.location ?? server().issuer).toMatch(`${server().issuer}`);
      expect((await by('evil.example', '/account/nothing')).status).toBe(404);
      const posted = (await by('localhost', '/account/codes', 'POST')).headers.location;
      expect(posted).not.toBe(`${server().issuer}/account/codes`);
      for (const path of ['/userinfo', '/me/authorizations', '/jwks', '/.well-known/openid-configuration'])
        expect([path, (await by('localhost', path)).headers.location]).toEqual([path, undefined]);
    });
  });

  it('WebAuthn 5.1.3 at an IP address, to which no passkey can belong, nobody is offered one', async () => {
    const page = await new FormBrowser(server().issuer).open(`${server().issuer}/account`);
    expect(page.text).toContain('type="password"');
    expect(page.text).not.toContain('/passkey');
    const { shown } = await signedIn(server(), 'alice');
    expect(shown.text).toContain('/account/password');
    expect(shown.text).not.toContain('/passkey');
  });

  it('RFC 9110 15.5.5, 15.5.6 what is not there, and methods that are not taken, are told by a page with a reference', async () => {
    const { http } = server();
    const missing = [
      '/account/x.css',
      '/account/',
      '/account/recovery/a/b',
      '/interaction/x/y/z',
      '/interaction/vk_ia_x/nothing',
      '/device/x',
      '/authorize/x',
      '/sign-out/x',
      '/uma/claims/x',
      '/uma/requests/a/b',
    ];
    for (const path of missing)
      for (const method of ['GET', 'POST', 'DELETE'])
        expect([method, path, ...asPage(await http.send({ method, path }))]).toEqual([method, path, ...page(404)]);
    const known = [
      ['/account', 'GET'],
      ['/account/codes', 'GET, POST'],
      ['/account/recovery', 'GET, POST'],
      ['/account/recovery/sent', 'GET, HEAD'],
      ['/interaction/vk_ia_x', 'GET'],
      ['/interaction/vk_ia_x/sign-in', 'GET, POST'],
      ['/device', 'GET, POST'],
      ['/authorize', 'GET, POST'],
      ['/sign-out', 'GET, POST'],
      ['/uma/claims', 'GET'],
      ['/uma/requests/x', 'GET'],
    ];
    for (const [path = '', allowed] of known) {
      const answer = await http.send({ method: 'DELETE', path });
      expect([path, ...asPage(answer), answer.headers.allow]).toEqual([path, ...page(405), allowed]);
    }
  });

  it('A8, RFC 9110 12.5.1 an unknown address is told by a page to a browser, which leads on, and in JSON to a program', async () => {
    const { http, issuer } = server();
    const browsers = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';
    for (const path of ['/nosuch', '/nosuch/below', '/accounts']) {
      const seen = await http.get(path, { headers: { accept: browsers } });
      expect([path, ...asPage(seen)]).toEqual([path, ...page(404)]);
      expect([seen.headers.vary, seen.text]).toEqual(['accept', expect.stringContaining(`href="${issuer}/"`)]);
      for (const accept of ['*/*', 'application/json', 'application/json, text/html;q=0.5']) {
        const told = await http.get(path, { headers: { accept } });
        expect([told.status, told.headers['content-type']?.split(';')[0], told.headers.vary]).toEqual([
          404,
          'application/json',
          'accept',
        ]);
        expect(told.json().error).toBe('not_found');
      }
    }
    // Endpoints of programs answer in JSON, whoever asks.
    const api = await http.get('/me/authorizations/none', { headers: { accept: browsers } });
    expect(api.headers['content-type']).toContain('application/json');
  });

  it('the front page leads to the account and to devices, in the language of the browser', async () => {
    const { issuer } = server();
    for (const url of [issuer, `${issuer}/`, new URL('/', issuer).href]) {
      const shown = await (await fetch(url, { headers: { 'accept-language': 'de' } })).text();
      for (const path of ['account', 'device', 'docs', '.well-known/openid-configuration'])
        expect([url, path, shown.includes(`href="${issuer}/${path}"`)]).toEqual([url, path, true]);
      expect(shown).toContain('Ihr Konto');
      expect(shown).toContain('rel="stylesheet"');
    }
  });

  it('A8, attack class 212 where something ends, one link leads on: to a page of ours, never to an address that was asked for', async () => {
    const { issuer } = server();
    const linksIn = (text: string) => [...text.matchAll(/<a class="link" href="([^"]*)"/g)].map(([, url]) => url);
    const stranger = new FormBrowser(issuer);
    const evil = 'https://evil.example/';
    const forged = authorizationRequest({ client_id: 'print-shop', redirect_uri: evil });
    const refused = await stranger.open(`${issuer}/authorize?${new URLSearchParams(forged).toString()}`);
    expect([refused.status, linksIn(refused.text)]).toEqual([400, [`${issuer}/account`]]);
    const { browser } = await signedIn(server(), 'alice');
    const asked = await browser.open(`${issuer}/sign-out`);
    const stayed = await browser.submit(asked, { decision: 'stay' });
    expect(linksIn(stayed.text)).toEqual([`${issuer}/account`]);
    const left = await browser.submit(asked, { decision: 'sign_out' });
    expect([left.text.includes('You are signed out'), linksIn(left.text)]).toEqual([true, [`${issuer}/account`]]);
    expect(left.text).toContain('>Sign in</a>');
  });

  it('217 no page of any kind can be shown in a frame: those of people, the front page and the documentation', async () => {
    const { browser } = await signedIn(server(), 'alice');
    const cookie = ['vk_browser', 'vk_session'].map((name) => `${name}=${browser.cookie(name) ?? ''}`).join('; ');
    const { http } = server();
    const paths = ['', '/docs', '/docs/', '/account', '/account/codes', '/account/nothing', '/device', '/sign-out'];
    const others = [
      '/authorize',
      '/interaction/x',
      '/interaction/x/y',
      '/uma/claims',
      '/account/recovery',
      '/account/recovery/x',
    ];
    for (const path of [...paths, ...others]) {
      const { headers } = await http.get(path, { headers: { cookie } });
      expect([path, headers['content-type']]).toEqual([path, expect.stringMatching(/^text\/html/)]);
      expect([path, headers['x-frame-options']]).toEqual([path, 'DENY']);
      expect([path, headers['content-security-policy']]).toEqual([
        path,
        expect.stringContaining("frame-ancestors 'none'"),
      ]);
    }
    const root = await fetch(new URL('/', server().issuer));
    expect(root.headers.get('x-frame-options')).toBe('DENY');
  });
});
