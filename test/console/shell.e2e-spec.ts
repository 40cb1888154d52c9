import type { Route } from 'playwright-core';
import { accessOf } from '../owner-api/access-calls.js';
import { OWNERS_CONNECTIONS, ownersOf } from '../owner-api/owners.js';
import { openConsole, signInAgain } from '../support/console.js';
import { describeServer, ONE_ENGINE } from '../support/engines.js';
import { givePassword } from '../support/person.js';
import { endSessionAt, expectFocus, expectSound, overflowOf, screenBrowser } from './screens.js';

const SCREENS = [
  '/',
  '/resources/r_1',
  '/resources/r_1/activity',
  '/resources/r_1/link',
  '/cover',
  '/applications',
  '/applications/print-shop',
  '/requests',
  '/access',
  '/access/share:1',
  '/shared-with-me',
  '/activity',
  '/check-up',
  '/stop',
  '/settings',
  '/nowhere',
];

const open = screenBrowser();

describeServer(
  'the shell of the console',
  { engines: ONE_ENGINE, issuerPath: '/t1', connections: OWNERS_CONNECTIONS },
  (server) => {
    it('G8, G14, G16, G19: the menu, and an address where nothing is', async () => {
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/settings');
      await page.getByRole('button', { name: 'Alice Archer: menu' }).click();
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
      await expectSound(watched, 'shell: menu open');
      await openConsole(server(), page, 'alice', '/nowhere');
      await page.getByText('There is no screen at this address.').waitFor();
      await expectSound(watched, 'shell: no such screen');
    });

    it('ux 4.0: "?" lists the keys in a dialog, Escape leads back to where she was, "/" to the search of the screen', async () => {
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/access');
      const requests = page.getByRole('navigation').getByRole('link', { name: 'Requests', exact: true });
      await requests.focus();
      await page.keyboard.press('?');
      const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
      await list.getByText('Go to the search').waitFor();
      await expectSound(watched, 'shell: shortcuts');
      await page.keyboard.press('Escape');
      await list.waitFor({ state: 'detached' });
      await expectFocus(page, /^A Requests/);
      await page.keyboard.press('/');
      await page.locator('input[type=search]:focus').waitFor();
      await page.keyboard.type('/?');
      expect(await page.locator('input[type=search]').inputValue()).toBe('/?');
      expect(await list.count()).toBe(0);
    });

    it('ux 4.0, WCAG 2.1.4: with the keys switched off neither does anything', async () => {
      const settings = { language: 'en', time_zone: null, default_days: null, shortcuts: false, request_mails: true };
      const put = (body: object) =>
        server().http.json('PUT', '/me/settings', body, { bearer: ownersOf(server()).alice.token });
      expect((await put(settings)).status).toBe(200);
      const { page } = await open();
      await openConsole(server(), page, 'alice', '/access');
      const requests = page.getByRole('navigation').getByRole('link', { name: 'Requests', exact: true });
      await requests.focus();
      await page.keyboard.press('/');
      await page.keyboard.press('?');
      // A press that does something comes after them: what they would have done is there by then.
      await page.getByRole('button', { name: 'Alice Archer: menu' }).press('Enter');
      await page.getByRole('button', { name: 'Sign out' }).waitFor();
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await page.locator('input[type=search]:focus').count()).toBe(0);
      expect((await put({ ...settings, shortcuts: true })).status).toBe(200);
    });

    it.each([
      ['320 px', 320, 100],
      ['200 % text at 360 px', 360, 200],
    ])('G14 %s, in German: nothing scrolls sideways', async (_, width, percent) => {
      await givePassword(server(), 'bob');
      const { page } = await open({ viewport: { width, height: 700 }, locale: 'de-DE' });
      await openConsole(server(), page, 'bob');
      await page.getByRole('heading', { level: 1, name: 'Ihre Ressourcen' }).waitFor();
      for (const path of SCREENS) {
        await openConsole(server(), page, 'bob', path);
        await page.evaluate(`document.documentElement.style.fontSize = '${percent}%'`);
        expect({ path, overflow: await overflowOf(page) }).toEqual({ path, overflow: 0 });
      }
    });

    it('shows what she owns; a name is no markup', async () => {
      const { alice } = ownersOf(server());
      const name = '<img src=x onerror=alert(1)> "Summer"';
      await alice.album(name);
      const { page } = await open();
      await openConsole(server(), page);
      await page.getByRole('link', { name }).click();
      await page.getByRole('heading', { level: 1, name }).waitFor();
      expect(new URL(page.url()).pathname).toMatch(/^\/t1\/console\/resources\/[^/]+$/);
    });

    it('ux 4.0: a navigation sets the title, then the heading has the focus; the document itself takes none', async () => {
      const { page } = await open();
      await openConsole(server(), page);
      await expectFocus(page, /^BODY/);
      expect(await page.title()).toBe('Your resources · Valetkey');
      for (const [link, heading] of [
        ['Requests', 'Requests waiting for you'],
        ['Access', 'Who has access'],
        ['Resources', 'Your resources'],
      ]) {
        await page.getByRole('navigation').getByRole('link', { name: link, exact: true }).click();
        await page.getByRole('heading', { level: 1, name: heading }).waitFor();
        await expectFocus(page, `H1 ${heading}`);
        expect(await page.title()).toBe(`${heading} · Valetkey`);
      }
      await page.goBack();
      await page.getByRole('heading', { level: 1, name: 'Who has access' }).waitFor();
      await expectFocus(page, 'H1 Who has access');
    });

    it('every screen is reached by links, from the first one on', async () => {
      const { alice } = ownersOf(server());
      await accessOf(server(), alice).shareOne({ resource_ids: [await alice.album()], subject: 'client:print-shop' });
      const { page } = await open();
      const start = `${server().issuer}/console`;
      const kindOf = (path: string) => path.replace(/^\/(resources|access|applications)\/[^/]+/, '/$1/…');
      const seen = new Map([['/', '/']]);
      await openConsole(server(), page);
      for (const path of seen.values()) {
        await openConsole(server(), page, 'alice', path);
        await page.getByRole('button', { name: 'Alice Archer: menu' }).click();
        await page.locator('[aria-busy=true]').first().waitFor({ state: 'detached' });
        const links = await page.evaluate<string[]>('[...document.links].map(({ href }) => href)');
        for (const link of links.filter((one) => one.startsWith(`${start}/`))) {
          const found = new URL(link).pathname.slice(new URL(start).pathname.length);
          if (!seen.has(kindOf(found))) seen.set(kindOf(found), found);
        }
      }
      const all = new Set(SCREENS.filter((path) => path !== '/nowhere').map(kindOf));
      expect(new Set(seen.keys())).toEqual(all);
    });

    it('360 px: the server’s name and one row of places; below a short head the first access is in sight', async () => {
      const { alice } = ownersOf(server());
      await accessOf(server(), alice).shareOne({ resource_ids: [await alice.album()], subject: 'account:bob' });
      const { page } = await open({ viewport: { width: 360, height: 740 } });
      await openConsole(server(), page, 'alice', '/access');
      expect(await page.locator('header p').first().textContent()).toBe('Valetkey');
      await page.locator('li[data-row]').first().waitFor();
      const [header, row] = await Promise.all([
        page.locator('header').boundingBox(),
        page.locator('li[data-row]').first().boundingBox(),
      ]);
      expect(header?.height).toBeLessThanOrEqual(125);
      expect(row?.y).toBeLessThanOrEqual(650);
    });

    it('the first stop of the keyboard leads to the content, without another address', async () => {
      const { page } = await open();
      await openConsole(server(), page);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await page.locator('#content:focus').waitFor();
      expect(new URL(page.url()).hash).toBe('');
    });

    it('the menu opens, closes by Escape with the focus on its button, keeps the colours, and signs out', async () => {
      const { page } = await open();
      await openConsole(server(), page);
      const button = page.getByRole('button', { name: 'Alice Archer: menu' });
      await button.click();
      await page.getByRole('radio', { name: 'Dark' }).check();
      await page.locator('html[data-theme=dark]').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('[aria-label="Alice Archer: menu"][aria-expanded=false]:focus').waitFor();
      await page.reload();
      await page.locator('html[data-theme=dark]').waitFor();
      await button.click();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL((url) => !url.pathname.includes('/console/'));
      await page.goto(`${server().issuer}/console/requests`);
      await signInAgain(page);
      await page.waitForURL(`${server().issuer}/console/requests`);
    });

    it('a session that ends leads to the sign-in and back to the same address', async () => {
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/access?q=summer');
      await endSessionAt(watched, 'GET', 'resources*');
      await page.getByRole('navigation').getByRole('link', { name: 'Resources' }).click();
      await signInAgain(page);
      await page.getByRole('heading', { level: 1, name: 'Your resources' }).waitFor();
    });

    it('a server that refuses: what failed, a reference, and another try; one that is silent: a word after eight seconds', async () => {
      const watched = await open();
      const { page } = watched;
      await openConsole(server(), page, 'alice', '/requests');
      const answers: ((route: Route) => unknown)[] = [];
      await page.route('**/me/resources*', (route) => answers.shift()?.(route) ?? route.continue());
      const fail = (route: Route) =>
        route.fulfill({ status: 500, json: { error: 'server_error', reference: '7KD-42Q' } });
      answers.push(fail, fail, fail);
      await page.getByRole('navigation').getByRole('link', { name: 'Resources' }).click();
      await page.getByText('Your resources could not be read.').waitFor();
      expect(await page.getByRole('alert').textContent()).toContain('Reference 7KD-42Q');
      await expectSound(watched, 'home: not read');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('list').getByRole('heading').first().waitFor();
      answers.push(() => new Promise(() => undefined));
      await page.clock.install();
      await page.reload();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.clock.fastForward(9_000);
      await page.getByText('This takes longer than usual.').waitFor();
      await expectSound(watched, 'home: loading takes long');
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    });
  },
);

describeServer('files of the console', { engines: ONE_ENGINE }, (server) => {
  it('the document is kept by nobody, its files for ever, compressed where that is taken', async () => {
    const { page } = await open();
    const files: { url: string; headers: Record<string, string> }[] = [];
    page.on('response', (answer) => files.push({ url: answer.url(), headers: answer.headers() }));
    await openConsole(server(), page);
    const document = files.findLast(({ url }) => url === `${server().issuer}/console/`);
    expect(document?.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
    expect(document?.headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    const assets = files.filter(({ url }) => url.includes('/console/assets/'));
    expect(assets.length).toBeGreaterThan(3);
    for (const { headers } of assets) expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    const [largest = ''] = assets
      .map(({ url }) => url.slice(server().issuer.length))
      .filter((url) => url.includes('/base-'));
    const { http } = server();
    for (const [accepted, encoding] of [
      ['gzip, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip;q=0.0', undefined],
      ['identity', undefined],
    ] as const) {
      const answer = await http.send({ method: 'HEAD', path: largest, headers: { 'accept-encoding': accepted } });
      expect([accepted, answer.headers['content-encoding']]).toEqual([accepted, encoding]);
    }
    for (const path of ['/console/assets/none.js', '/console/assets/..%2Fmanifest.json', '/console/assets/'])
      expect((await http.get(path)).status).toBe(404);
    expect((await http.send({ method: 'POST', path: '/console/' })).status).toBe(405);
  });

  it('without scripts: says so, and where it goes on', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    await page.goto(`${server().issuer}/console/`);
    await signInAgain(page);
    await page.locator('noscript p').waitFor();
    expect(await page.locator('noscript p').textContent()).toContain('This part needs JavaScript.');
  });
});
