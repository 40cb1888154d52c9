import type { Browser, Page } from 'playwright-core';
import { type Gallery, startGallery } from '../../apps/authorization-server/src/pages/samples/gallery.fixture.js';
import { colourViolations, violations } from '../support/axe.js';
import { keepPicture, launchBrowser, openContext, type WatchedContext } from '../support/browser.js';
import { freePort } from '../support/free-port.mjs';

const WIDTHS = [1280, 360] as const;

let browser: Browser;
let gallery: Gallery;

beforeAll(async () => {
  [browser, gallery] = await Promise.all([launchBrowser(), startGallery(await freePort())]);
});

afterAll(async () => {
  await browser?.close();
  await gallery?.close();
});

/** Elements that begin or end outside of what can be seen without scrolling sideways. */
function overflow(page: Page): Promise<readonly string[]> {
  return page.evaluate(`[...document.querySelectorAll('body *')].filter((element) => {
      const { width, left, right } = element.getBoundingClientRect();
      return width > 0 && (right > innerWidth + 0.5 || left < -0.5);
    }).map((element) => element.tagName + '.' + element.className + ' ' + element.textContent.trim().slice(0, 30))
    .concat(document.documentElement.scrollWidth > innerWidth ? ['the page is ' + document.documentElement.scrollWidth + ' wide'] : [])`);
}

/** Opens every page without its own script, which would leave it at once. `look` throws for what it does not like. */
async function inAllPages({ page }: WatchedContext, language: string, look: (name: string) => Promise<void>) {
  for (const name of gallery.names) {
    const answer = await page.goto(`${gallery.origin}/${name}?still&lang=${language}`, { waitUntil: 'load' });
    expect(`${name} ${answer?.status()}`).toBe(`${name} 200`);
    await look(name);
  }
}

describe('G8: every page in every state', () => {
  it.each(WIDTHS)('%i px, light and dark: axe finds nothing', async (width) => {
    const open = await openContext(browser, { reducedMotion: 'reduce', viewport: { width, height: 800 } });
    const devtools = await open.context.newCDPSession(open.page);
    await inAllPages(open, 'en', async (name) => {
      await open.page.emulateMedia({ colorScheme: 'light' });
      expect({ name, light: await violations(devtools) }).toEqual({ name, light: [] });
      await keepPicture(open.page, `${name}-light-${width}`);
      await open.page.emulateMedia({ colorScheme: 'dark' });
      expect({ name, dark: await colourViolations(devtools) }).toEqual({ name, dark: [] });
      await keepPicture(open.page, `${name}-dark-${width}`);
    });
    expect(open.complaints).toEqual([]);
    await open.context.close();
  });

  it('axe and the watch of the policy see what is wrong', async () => {
    const open = await openContext(browser);
    await open.page.goto(`${gallery.origin}/sign-in?still`);
    const devtools = await open.context.newCDPSession(open.page);
    const spoil = `document.querySelector('label').remove(); document.body.style.color = '#ddd'; document.querySelector('h1').innerHTML = '<img src="//evil.example/x">';`;
    await devtools.send('Runtime.evaluate', { expression: spoil });
    expect((await violations(devtools)).map((found) => found.split(':')[0])).toContain('label');
    expect(open.complaints.join()).toMatch(/content security policy/i);
    await open.context.close();
  });
});

describe('G14: every page in every state, in German, fits', () => {
  it.each([
    ['320 px', 320, 100],
    ['200 % text at 360 px', 360, 200],
  ])('%s: nothing scrolls sideways and what is pressed is large enough', async (_, width, percent) => {
    const open = await openContext(browser, { viewport: { width, height: 700 } });
    await inAllPages(open, 'de', async (name) => {
      await open.page.evaluate(`document.documentElement.style.fontSize = '${percent}%'`);
      expect({ name, overflow: await overflow(open.page) }).toEqual({ name, overflow: [] });
      expect({ name, small: await smallTargets(open.page) }).toEqual({ name, small: [] });
    });
    expect(open.complaints).toEqual([]);
    await open.context.close();
  });
});

/** Things to press below 24 px, and buttons and fields below 44 px (WCAG 2.5.8 and the controls of ours); a plain one reads as a link. */
function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(`[...document.querySelectorAll('a, button, summary, label.choice, input:not([type=hidden]):not(.tick)')].filter((element) => {
      const { height } = element.getBoundingClientRect();
      return height < (element.matches('button:not(.plain), .button, .input, .choice') ? 44 : 24);
    }).map((element) => element.outerHTML.slice(0, 80))`);
}

describe('principle 8, 9: every page in every state', () => {
  it('without scripts, in forced colours: shows the same, is in the order of the keyboard, and has nothing by hover alone', async () => {
    const open = await openContext(browser, {
      javaScriptEnabled: false,
      forcedColors: 'active',
      viewport: { width: 360, height: 700 },
    });
    await inAllPages(open, 'en', async (name) => {
      expect({ name, order: await misplacedStops(open.page) }).toEqual({ name, order: [] });
      await keepPicture(open.page, `${name}-forced-360`);
    });
    expect(open.complaints).toEqual([]);
    await open.context.close();
  });
});

/** Stops of the keyboard that are drawn before the stop in front of them, or that change the order by tabindex. */
function misplacedStops(page: Page): Promise<readonly string[]> {
  return page.evaluate(`(() => {
    const stops = [...document.querySelectorAll('a, button, summary, input:not([type=hidden])')];
    const places = stops.map((stop) => stop.getBoundingClientRect());
    return stops.filter((stop, index) => stop.tabIndex > 0 ||
      (index > 0 && places[index].top < places[index - 1].top - 1 && places[index].bottom <= places[index - 1].top + 1))
      .map((stop) => stop.outerHTML.slice(0, 80));
  })()`);
}
