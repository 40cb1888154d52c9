import fc from 'fast-check';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Browser, BrowserContextOptions } from 'playwright-core';
import { type Gallery, startGallery } from '../../apps/authorization-server/src/pages/samples/gallery.fixture.js';
import { launchBrowser, openContext } from '../support/browser.js';
import { freePort } from '../support/free-port.mjs';

let browser: Browser;
let gallery: Gallery;

beforeAll(async () => {
  [browser, gallery] = await Promise.all([launchBrowser(), startGallery(await freePort())]);
});

/** What a test has opened: closed after it, however it ends. */
const opened: { close(): Promise<unknown> }[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

async function open(options?: BrowserContextOptions) {
  const watched = await openContext(browser, options);
  opened.push(watched.context);
  return watched;
}

/** A server of somebody else. @returns its origin */
async function startOther(host: string, routes: (server: FastifyInstance) => void): Promise<string> {
  const server = Fastify({ forceCloseConnections: true });
  opened.push(server);
  routes(server);
  const port = await freePort();
  await server.listen({ port, host });
  return `http://${host === '::1' ? '[::1]' : host}:${port}`;
}

afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

/** Reads a page by the browser's own parser. */
const READ = `((source) => {
  const page = new DOMParser().parseFromString(source, 'text/html');
  const find = (selector) => page.querySelector(selector);
  return {
    title: find('title').textContent, text: find('#text').textContent, first: find('#list').firstChild.textContent,
    bold: find('#list b').textContent, value: find('#quoted').getAttribute('value'), spoken: find('#quoted').getAttribute('aria-label'),
    address: find('#address').protocol, elements: page.querySelectorAll('*').length, attributes: find('#quoted').attributes.length,
  };
})`;

interface Reading {
  readonly title: string;
  readonly text: string;
  readonly first: string;
  readonly bold: string;
  readonly value: string;
  readonly spoken: string;
  readonly address: string;
  readonly elements: number;
  readonly attributes: number;
}

/** What a parser makes of any text before markup comes into it. */
const parsed = (text: string) => text.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd');

describe('attack class 218: any text, in every place that a value can have', () => {
  const hostile = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          '<',
          '>',
          '"',
          "'",
          '&',
          '`',
          '=',
          '/',
          '</p>',
          '<script>',
          '<!--',
          '-->',
          ']]>',
          '&lt;',
          '&#0;',
          '\0',
          '\r',
          'javascript:',
          'x',
          ' ',
        ),
      )
      .map((parts) => parts.join('')),
  );

  it('is the same text for the browser: no element, no attribute and no address comes of it', async () => {
    const { page } = await open();
    await page.goto('about:blank');
    const sourceOf = async (text: string) => {
      const answer = await fetch(`${gallery.origin}/markup?text=${encodeURIComponent(text)}`);
      return answer.text();
    };
    const read = async (text: string) =>
      page.evaluate<Reading>(`${READ}(${JSON.stringify(await sourceOf(text)).replaceAll('<', '\\u003c')})`);
    const plain = await read('plain');
    await fc.assert(
      fc.asyncProperty(hostile, async (text) => {
        const found = await read(text);
        const same = parsed(text);
        expect(found).toMatchObject({ text: same, first: same, bold: same, value: same });
        expect(found.title).toBe(`${same} · Valetkey`);
        expect(found).toMatchObject({ elements: plain.elements, attributes: plain.attributes });
        expect(found.address).not.toMatch(/^(javascript|data|vbscript|blob|file):/);
      }),
      { numRuns: 200 },
    );
  });
});

describe('ux 8.3: a form that ends at an application', () => {
  /** An application that says that it was reached, and with what. */
  const startApplication = (host: string) =>
    startOther(host, (server) => {
      server.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
        done(null, body),
      );
      server.all('/cb', (request, reply) =>
        reply.type('text/html').send(`<title>reached ${String(request.body ?? '')}</title>`),
      );
    });

  async function press(address: string, allowed: string | undefined) {
    const { page, complaints } = await open({ javaScriptEnabled: false });
    const allow = allowed === undefined ? '' : `&allow=${encodeURIComponent(allowed)}`;
    await page.goto(`${gallery.origin}/leave?to=${encodeURIComponent(address)}${allow}`);
    await page.getByRole('button', { name: 'Go' }).click({ noWaitAfter: true });
    await page.waitForTimeout(400);
    const title = await page.title();
    return { title, complaints };
  }

  it.each(['127.0.0.1', '::1'])(
    'reaches a native application at %s when the page names its return address',
    async (host) => {
      const application = await startApplication(host);
      expect(await press(`${application}/cb`, `${application}/cb`)).toEqual({ title: 'reached', complaints: [] });
    },
  );

  it('is stopped by the browser when the page does not name it', async () => {
    const application = await startApplication('127.0.0.1');
    const { title, complaints } = await press(`${application}/cb`, undefined);
    expect(title).toContain('Form');
    expect(complaints.join()).toContain('form-action');
  });

  it('RFC 8252 §7.3: a page for an application at ::1 lets its form end at no other port, there or elsewhere', async () => {
    const named = await startApplication('::1');
    for (const host of ['::1', '127.0.0.1']) {
      const other = await startApplication(host);
      const { title, complaints } = await press(`${other}/cb`, `${named}/cb`);
      expect(title).toContain('Form');
      // The source itself is one that the browser understands.
      expect(complaints.join()).toMatch(/form-action/);
      expect(complaints.join()).not.toMatch(/invalid source/);
    }
  });

  it("is not stopped on its way to an application's own scheme", async () => {
    expect((await press('com.example.app:/cb', 'com.example.app:/cb')).complaints).toEqual([]);
    expect((await press('com.example.app:/cb', undefined)).complaints.join()).toContain('form-action');
  });

  it.each([true, false])('Form Post §2: an answer reaches the application (scripts: %s)', async (javaScriptEnabled) => {
    const application = await startApplication('127.0.0.1');
    const { page, complaints } = await open({ javaScriptEnabled });
    await page.goto(`${gallery.origin}/answer?to=${encodeURIComponent(`${application}/cb`)}`);
    if (!javaScriptEnabled) await page.getByRole('button', { name: 'Continue to App' }).click();
    await page.waitForURL(`${application}/cb`);
    expect(await page.title()).toBe('reached code=c&submit=s');
    expect(complaints).toEqual([]);
  });
});

describe('attack classes 24, 215, 217: a page is used in its own browser only', () => {
  it('its own browser sends the form without scripts; no other browser can', async () => {
    const { page, context } = await open({ javaScriptEnabled: false });
    const press = async () => {
      await page.getByRole('button', { name: 'Go' }).click();
      return page.locator('h1').textContent();
    };
    await page.goto(`${gallery.origin}/bound`);
    expect(await press()).toBe('Accepted');

    await page.goto(`${gallery.origin}/bound`);
    const cookies = await context.cookies();
    expect(cookies).toMatchObject([{ name: 'vk_browser', httpOnly: true, sameSite: 'Lax' }]);
    await context.addCookies(cookies.map((cookie) => ({ ...cookie, value: 'A'.repeat(43) })));
    expect(await press()).toBe('We could not accept this form');
    const reference = await page.locator('.mono').textContent();
    expect(gallery.logged).toContainEqual(expect.objectContaining({ reference, reason: 'csrf_mismatch' }));
  });

  it('another site can neither frame a page nor send its form', async () => {
    const markup = `<iframe src="${gallery.origin}/bound"></iframe><form method="post" action="${gallery.origin}/bound"><button>Win</button></form>`;
    const evil = await startOther('127.0.0.1', (server) => {
      server.get('/', (_request, reply) => reply.type('text/html').send(markup));
    });
    const { page, complaints } = await open();
    await page.goto(`${gallery.origin}/bound`);
    await page.goto(evil);
    expect(complaints.join()).toContain('frame-ancestors');
    await page.getByRole('button', { name: 'Win' }).click();
    await page.waitForURL(/bound/);
    expect(await page.locator('h1').textContent()).toBe('We could not accept this form');
  });
});

describe('the keyboard', () => {
  it('Enter in a question never allows: the careful answer comes first', async () => {
    const { page } = await open({ javaScriptEnabled: false });
    for (const name of ['consent', 'device-confirm', 'sign-out']) {
      await page.goto(`${gallery.origin}/${name}`);
      const first = await page.locator('form button').first().getAttribute('value');
      expect(`${name} ${first}`).toMatch(/ (deny|stay)$/);
    }
    await page.goto(`${gallery.origin}/consent`);
    await page.locator('input[type=checkbox]').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL(/accepted/);
    expect(page.url()).toContain('decision=deny');
  });

  it('at 360 px choices stand below one another, and a card ends as far below its last line as it begins above its first', async () => {
    const { page } = await open({ viewport: { width: 360, height: 700 } });
    await page.goto(`${gallery.origin}/consent`);
    const lefts = await page.evaluate<number[]>(
      `[...document.querySelectorAll('.choices > .choice')].map((one) => one.getBoundingClientRect().left)`,
    );
    expect([lefts.length, new Set(lefts).size]).toEqual([6, 1]);
    await page.setViewportSize({ width: 1280, height: 900 });
    const gaps = await page.evaluate<number[]>(`(() => {
      const card = document.querySelector('.card').getBoundingClientRect();
      const shown = [...document.querySelectorAll('.card > *')].filter((one) => one.getClientRects().length > 0);
      const last = shown.at(-1).getBoundingClientRect();
      return [card.bottom - last.bottom, last.left - card.left];
    })()`);
    expect(gaps[0]).toBe(gaps[1]);
  });

  it('the two answers are of one size', async () => {
    const { page } = await open({ viewport: { width: 360, height: 700 } });
    for (const name of ['consent', 'device-confirm']) {
      await page.goto(`${gallery.origin}/${name}`);
      const [careful, other] = await page.locator('.pair .button').all();
      const [one, two] = await Promise.all([careful?.boundingBox(), other?.boundingBox()]);
      expect({ width: two?.width, height: two?.height }).toEqual({ width: one?.width, height: one?.height });
    }
  });

  it('typing begins where it must, and the focus can be seen', async () => {
    const { page } = await open();
    for (const [name, field] of [
      ['sign-in', 'username'],
      ['second-step', 'code'],
      ['device-code', 'user_code'],
    ] as const) {
      await page.goto(`${gallery.origin}/${name}`);
      const focused = await page.evaluate(
        '[document.activeElement.id, getComputedStyle(document.activeElement).outlineStyle]',
      );
      expect(focused).toEqual([field, 'solid']);
    }
  });

  it('4.0, WCAG 3.3.1 every form says in one way what is wrong: first on the page, with the focus, and beside the field it leads to', async () => {
    const { page } = await open();
    const wrong = gallery.names.filter((name) => /-(wrong|refused)$/.test(name));
    expect(wrong.length).toBeGreaterThanOrEqual(7);
    for (const name of wrong) {
      await page.goto(`${gallery.origin}/${name}`);
      const { box, field, about, ...places } = await page.evaluate<Record<string, string>>(`(() => {
        const box = document.activeElement;
        const link = box.querySelector('a[href^="#"]');
        const field = document.getElementById(link?.hash.slice(1) ?? '');
        const about = (field?.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
        return { focused: box.id, first: document.querySelector('main').firstElementChild.id, field: field?.getAttribute('aria-invalid') ?? '', about, box: link?.textContent ?? '' };
      })()`);
      expect({ name, ...places }).toEqual({ name, focused: 'problem', first: 'problem' });
      // A device that says no is no field.
      if (/passkey-refused$/.test(name)) continue;
      expect([name, field, box]).toEqual([name, 'true', expect.stringMatching(/\S/)]);
      expect(about).toContain(box);
    }
    await page.goto(`${gallery.origin}/new-password-wrong`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id || location.hash')).toMatch(/password/);
  });
});
