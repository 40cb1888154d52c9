import type { Browser, BrowserContextOptions, CDPSession, Page } from 'playwright-core';
import { colourViolations, violations } from '../support/axe.js';
import { keepPicture, launchBrowser, openContext, type WatchedContext } from '../support/browser.js';
import { eventually } from '../support/eventually.js';
import { measured } from '../support/measures.js';
import { cutAway } from './cuts.js';
import { rawWords } from './raw-words.js';
import type { ScreenState } from './states.js';
import { smallTargets } from './targets.js';

const WIDTHS = [1280, 360];

/** A browser for the tests of one file: what its pages complain of fails the test (G19). */
export function screenBrowser() {
  let browser: Browser | undefined;
  const contexts: WatchedContext[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    const complaints = contexts.flatMap((one) => one.complaints);
    for (const { context } of contexts.splice(0)) await context.close();
    measured('G19', 'violations of the policy, errors of scripts', complaints.length);
    expect(complaints).toEqual([]);
  });
  afterAll(() => browser?.close());
  return async (options: BrowserContextOptions = {}): Promise<WatchedContext> => {
    if (!browser) throw new Error('The browser runs inside tests only');
    const watched = await openContext(browser, { reducedMotion: 'reduce', ...options });
    contexts.push(watched);
    return watched;
  };
}

/**
 * Looks at a state of a screen as it is open, at 1280 and 360 px, in light and dark: no violation of accessibility (G8), nothing wider
 * than the window or cut, at 320 px and with text of 200 % neither, and what is pressed large enough (G14), no word of the protocols (G16).
 * The window is as large as before afterwards.
 */
export async function expectSound({ context, page }: WatchedContext, state: ScreenState): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 720 };
  const devtools = await context.newCDPSession(page);
  if (!state.startsWith('operator')) {
    const words = await rawWords(page);
    measured('G16', 'raw words', words.length);
    expect({ state, G16: words }).toEqual({ state, G16: [] });
  }
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const found = await inBothThemes(page, devtools, `${state}-${width}`);
    measured('G8', state, found.length);
    expect({ state, width, G8: found }).toEqual({ state, width, G8: [] });
    expect({ state, width, cut: await cutAway(page) }).toEqual({ state, width, cut: [] });
    const small = await smallTargets(page);
    measured('G14', 'small targets', small.length);
    expect({ state, width, G14: small }).toEqual({ state, width, G14: [] });
  }
  const overflow = await worstOverflow(page);
  measured('G14', 'px wider than the window', overflow);
  expect({ state, overflow }).toEqual({ state, overflow: 0 });
  await page.setViewportSize(before);
  await devtools.detach();
}

async function inBothThemes(page: Page, devtools: CDPSession, name: string): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  await keepPicture(page, `${name}-light`);
  const light = await violations(devtools);
  await page.emulateMedia({ colorScheme: 'dark' });
  await keepPicture(page, `${name}-dark`);
  const dark = await colourViolations(devtools);
  await page.emulateMedia({ colorScheme: 'light' });
  return [...light, ...dark.map((one) => `dark ${one}`)];
}

/** The most of: 320 px, 360 px, and 360 px with text of 200 %. */
export async function worstOverflow(page: Page): Promise<number> {
  const scale = (percent: string) => page.evaluate(`document.documentElement.style.fontSize = '${percent}'`);
  const found = [];
  for (const [width, percent] of [
    [360, ''],
    [360, '200%'],
    [320, ''],
  ] as const) {
    await page.setViewportSize({ width, height: 900 });
    await scale(percent);
    found.push(await overflowOf(page));
  }
  return Math.max(...found);
}

/** What changes elsewhere is not told to this page from now on: it finds out as it sends its own change. */
export async function tellNothing(page: Page): Promise<void> {
  await page.route('**/me/events', () => new Promise(() => undefined));
}

/**
 * Her session ends when the page sends its next request of that kind to the owner API, and not before: what it reads by the way
 * would be told first.
 * @param path - below `/me/`, as a glob
 */
export async function endSessionAt({ context, page }: WatchedContext, method: string, path: string): Promise<void> {
  let isOver = false;
  await page.route(`**/me/${path}`, async (route) => {
    if (isOver || route.request().method() !== method) return route.fallback();
    isOver = true;
    await context.clearCookies({ name: 'vk_session' });
    return route.continue();
  });
}

export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/**
 * Waits until this has the focus, an element's name and its text: it moves a moment after what moves it is seen.
 * @param expected - a part of it is a regular expression
 */
export async function expectFocus(page: Page, expected: string | RegExp): Promise<void> {
  const isIt = (text: string) => (typeof expected === 'string' ? text === expected : expected.test(text));
  const found = await eventually(() => focused(page), isIt);
  expect(found).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
}

/** Text of what has the focus. */
export function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.tagName + " " + document.activeElement.textContent.trim()');
}
