import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { colourViolations, violations } from '../support/axe.js';
import { keepPicture, launchBrowser, openContext, type WatchedContext } from '../support/browser.js';

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

/** G8, G14: no violation in light and dark, and nothing wider than the window. */
export async function expectSound({ context, page }: WatchedContext, name: string): Promise<void> {
  const devtools = await context.newCDPSession(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await keepPicture(page, `${name}-light`);
  expect({ name, light: await violations(devtools) }).toEqual({ name, light: [] });
  await page.emulateMedia({ colorScheme: 'dark' });
  await keepPicture(page, `${name}-dark`);
  expect({ name, dark: await colourViolations(devtools) }).toEqual({ name, dark: [] });
  expect({ name, overflow: await overflowOf(page) }).toEqual({ name, overflow: 0 });
  await devtools.detach();
}

export function overflowOf(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Text of what has the focus. */
export function focused(page: Page): Promise<string> {
  return page.evaluate<string>('document.activeElement.tagName + " " + document.activeElement.textContent.trim()');
}
