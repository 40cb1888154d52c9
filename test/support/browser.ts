import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { findChromium } from './chromium.mjs';

function requireChromium(): string {
  const found = findChromium();
  if (found !== undefined) return found;
  throw new Error(
    'The browser tests need Chromium. Install it (Debian: apt-get install chromium), or name it in VALETKEY_TEST_CHROMIUM.',
  );
}

/** A Chromium without a window. Its sandbox is off, because tests run as root too; it visits nothing but our own pages. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: requireChromium(), args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** A machine that does much else at the same time is no failure of a page: milliseconds. */
const PATIENCE = 90_000;

/** A context of its own (no cookies of others), with what its pages complain of. */
export interface WatchedContext {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Violations of the content security policy and errors of scripts, since it was opened. */
  readonly complaints: string[];
}

export async function openContext(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (/content security policy/i.test(message.text())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  return { context, page, complaints };
}

/** Whether somebody wants pictures of this run. */
export function picturesWanted(): boolean {
  return pictureFolder() !== undefined;
}

/** Keeps a picture of the whole page, or of what is in the window, when VALETKEY_SCREENSHOTS names a folder. */
export async function keepPicture(page: Page, name: string, part: 'whole' | 'window' = 'whole'): Promise<void> {
  const folder = pictureFolder();
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: part === 'whole' });
}

function pictureFolder(): string | undefined {
  const folder = process.env['VALETKEY_SCREENSHOTS'];
  return folder === '' ? undefined : folder;
}
